import { Intrinsics } from '../../../assurance/iam/intrinsics';
import { isValues } from '../../../assurance/output/values';
import type { PolicyPlace } from '../../../assurance/iam/policy';
import type { ResourceKind, World } from '../../../assurance/iam/world';
import type { Stack } from '../../../assurance/output/cloud-assembly';

/** A policy as JSON, intrinsics resolved, for those who read policies by themselves. */
export interface Document {
  readonly place: PolicyPlace;
  readonly json: unknown;
}

export interface DocumentRole {
  readonly arn: string;
  readonly account: string;
  readonly policies: readonly Document[];
}

export interface DocumentResource {
  readonly kind: ResourceKind;
  readonly arn: string;
  readonly account: string;
  readonly policy: Document | undefined;
}

export interface Documents {
  readonly roles: readonly DocumentRole[];
  readonly resources: readonly DocumentResource[];
  /** Of the S3 endpoints. */
  readonly endpoints: readonly Document[];
}

/** Properties that hold one policy of a resource, by its type. */
const POLICY: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
};

/**
 * The policies of stacks as JSON. Which resource a policy is put on is taken from the world; so are the roles' names, but not what
 * any policy says.
 */
export function documentsOf(stacks: readonly Stack[], world: World): Documents {
  const intrinsics = new Intrinsics(stacks);
  const at = new Map<string, unknown>();
  for (const stack of stacks)
    for (const [id, { Properties = {} }] of Object.entries(stack.template().Resources))
      for (const [property, value] of Object.entries(Properties))
        if (/Polic/.test(property)) at.set(`${stack.name}/${id}.${property}`, [stack, value]);
  const json = (where: string): unknown => {
    const [path = '', index] = where.split(/\[(\d+)\]/);
    const [stack, value] = at.get(path) as [Stack, unknown];
    const found = intrinsics.resolve(stack, path, value);
    const one = index === undefined ? found : (found as unknown[])[Number(index)];
    return isValues(one) && 'PolicyDocument' in one ? one['PolicyDocument'] : one;
  };
  return {
    roles: [...world.roles.values()].map(({ arn, account, policies }) => ({
      arn,
      account,
      policies: policies
        .filter(({ where }) => !where.startsWith('arn:'))
        .map(({ where }) => ({ place: 'identity', json: json(where) })),
    })),
    resources: [...world.resources.values()].map(({ kind, arn, account, policies }) => ({
      kind,
      arn,
      account,
      policy: policies
        .filter(
          ({ where }) =>
            Object.values(POLICY).some((property) => where.endsWith(`.${property}`)) || kind === 'iam:role',
        )
        .map(({ where }): Document => ({ place: kind === 'iam:role' ? 'trust' : 'resource', json: json(where) }))
        .at(0),
    })),
    endpoints: world.endpoints
      .filter(({ service, policy }) => service === 's3' && policy !== undefined)
      .map(({ where }) => ({ place: 'resource', json: json(`${where}.PolicyDocument`) })),
  };
}

import { grantRoleArns } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { grantsOpening, isRelational } from '../../../schema/open-sources';
import type { RelationalSource } from '../../../schema/source';
import type { ClusterName } from '../../../schema/vocabulary';
import type { TemplateResource } from '../../output/cloud-assembly';
import { fits } from '../../output/glob';
import type { Output } from '../../output/output';
import { listOf } from '../../output/values';
import { type Lock, lock } from '../way';

/** A read replica outside of the VPC that grants open, and what keeps everybody else from it beside the network. */
export interface Replica {
  readonly source: RelationalSource;
  /** Ids of the teams that have a grant which opens it. */
  readonly teams: ReadonlySet<string>;
  readonly secret: Lock;
}

/** The replicas that a cluster has routes to: research's, and none of production. */
export function replicasOf(environment: Environment, output: Output, cluster: ClusterName): readonly Replica[] {
  if (cluster !== 'research') return [];
  return environment.sources.filter(isRelational).map((source) => {
    const grants = grantsOpening(environment, source);
    const roles = new Set(grants.flatMap((grant) => grantRoleArns(environment, grant)));
    return {
      source,
      teams: new Set(grants.map(({ team }) => team)),
      secret: lock(`the secret of ${source.id}`, otherReader(output, source, roles)),
    };
  });
}

/** A role besides those of the grants whose policies name the secret, or any secret; none is right. */
function otherReader(output: Output, { secretArn }: RelationalSource, roles: ReadonlySet<string>): string | undefined {
  for (const stack of output.stacks) {
    const resources = Object.entries(stack.template().Resources);
    const isGrants = ({ Properties }: TemplateResource): boolean =>
      roles.has(arn.role(stack.account, String(Properties?.['RoleName'])));
    for (const [id, resource] of resources) {
      if (!IDENTITY.test(resource.Type) || !allowsSecret(resource, secretArn)) continue;
      // A policy that stands apart is its roles': those that name it.
      const holders =
        resource.Type === 'AWS::IAM::Role'
          ? [resource]
          : resources
              .map(([, each]) => each)
              .filter(
                (each) => each.Type === 'AWS::IAM::Role' && JSON.stringify(each.Properties).includes(`{"Ref":"${id}"}`),
              );
      const attached = resource.Properties?.['Roles'] !== undefined;
      if (attached || !holders.every(isGrants)) return `${stack.id}/${id} reads it`;
    }
  }
  return undefined;
}

const IDENTITY = /^AWS::IAM::(?:Role|Policy|ManagedPolicy|RolePolicy)$/;

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
}

/** Whether an Allow of the resource's own policies could be about the secret's value. What is not a plain text counts as if it were. */
function allowsSecret({ Properties = {} }: TemplateResource, secretArn: string): boolean {
  const inline = (Properties['Policies'] ?? []) as readonly { readonly PolicyDocument?: unknown }[];
  const documents = [Properties['PolicyDocument'], ...inline.map((each) => each.PolicyDocument)];
  return documents
    .flatMap((document) => listOf((document as { readonly Statement?: unknown } | undefined)?.Statement) as Statement[])
    .some(
      ({ Effect, Action, NotAction, Resource }) =>
        Effect === 'Allow' &&
        (NotAction !== undefined ||
          listOf(Action).some((action) =>
            /^(?:\*|secretsmanager:(?:\*|Get.*|BatchGet.*|G\*))$/i.test(String(action)),
          )) &&
        listOf(Resource).some((each) => typeof each !== 'string' || fits(each, secretArn)),
    );
}

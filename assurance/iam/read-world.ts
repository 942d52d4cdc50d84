import type { Stack } from '../output/cloud-assembly';
import { checkTemplate, checkType } from './known-types';
import { Intrinsics } from './intrinsics';
import { NotUnderstood, together } from './not-understood';
import type { Policy } from './policy';
import { Reader } from './read-made';
import { isCatalogued, readCatalogued } from './read-catalogue';
import { readAddOn, readAssociation, readEndpoint } from './read-network';
import { isResource, putsPolicy, readPut, readResource } from './read-resources';
import { readAttached, readRole } from './read-roles';
import { readLogFilter, readSubscription } from './read-wiring';
import type { Association, Endpoint, GuardRails, LogFilter, Resource, Role, TopicSubscription, World } from './world';

export interface WorldOptions {
  /** @default - not known */
  readonly organisation?: string;
  /** @default - none */
  readonly guardRails?: GuardRails;
  /** Roles of accounts that no stack is of. @default - none */
  readonly roles?: readonly Role[];
}

const ATTACHED = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];

/**
 * Reads all that decides about requests out of some stacks.
 * @throws NotUnderstood naming everything that is not known
 */
export function readWorld(
  stacks: readonly Stack[],
  { organisation, guardRails, roles: others = [] }: WorldOptions = {},
): World {
  const intrinsics = new Intrinsics(stacks);
  together(
    stacks.map((stack) => () => {
      checkTemplate(stack);
    }),
  );
  const readers = together(
    stacks.flatMap((stack) =>
      Object.entries(stack.template().Resources).map(([id, resource]) => () => {
        const made = intrinsics.made(stack, id, resource);
        checkType(`${stack.name}/${id}`, resource);
        return new Reader(made, intrinsics);
      }),
    ),
  );
  const of = (...types: readonly string[]): Reader[] =>
    readers.filter(({ made }) => types.includes(made.resource.Type));
  const each = <T>(from: readonly Reader[], read: (reader: Reader) => T): T[] =>
    together(from.map((reader) => () => read(reader)));

  const attached = readAttached(of(...ATTACHED));
  const [roles, resources, catalogued, puts, endpoints, associations, addOns, aliases, logFilters, subscriptions] =
    together<unknown>([
      () => each(of('AWS::IAM::Role'), (reader) => readRole(reader, attached)),
      () =>
        each(
          readers.filter(({ made }) => isResource(made.resource.Type)),
          readResource,
        ),
      () =>
        each(
          readers.filter(({ made }) => isCatalogued(made.resource.Type)),
          readCatalogued,
        ).flat(),
      () =>
        each(
          readers.filter(({ made }) => putsPolicy(made.resource.Type)),
          readPut,
        ),
      () => each(of('AWS::EC2::VPCEndpoint'), readEndpoint),
      () => each(of('AWS::EKS::PodIdentityAssociation'), readAssociation),
      () => each(of('AWS::EKS::Addon'), readAddOn).flat(),
      () => each(of('AWS::KMS::Alias'), readAlias),
      () => each(of('AWS::Logs::SubscriptionFilter'), readLogFilter),
      () => each(of('AWS::SNS::Subscription'), readSubscription),
    ]) as [
      Role[],
      Resource[],
      Resource[],
      Put[],
      Endpoint[],
      Association[],
      Association[],
      Alias[],
      LogFilter[],
      TopicSubscription[],
    ];
  return {
    accounts: [...new Set(stacks.map(({ account }) => account))],
    organisation,
    roles: new Map([...roles, ...others].map((role) => [role.arn, role])),
    resources: resourcesOf([...resources, ...catalogued, ...[...roles, ...others].map(roleAsResource)], puts, aliases),
    associations: [...associations, ...addOns],
    endpoints,
    logFilters,
    subscriptions,
    guardRails,
  };
}

type Put = ReturnType<typeof readPut>;

interface Alias {
  readonly name: string;
  /** Id or ARN. */
  readonly key: string;
}

function readAlias(reader: Reader): Alias {
  reader.allow(['AliasName', 'TargetKeyId']);
  return { name: reader.required('AliasName'), key: reader.required('TargetKeyId') };
}

function resourcesOf(
  resources: readonly Resource[],
  puts: readonly Put[],
  aliases: readonly Alias[],
): ReadonlyMap<string, Resource> {
  const known = new Set(resources.map(({ arn }) => arn));
  const policies = new Map<string, Policy[]>();
  const faults: string[] = [];
  for (const { policy, on } of puts)
    for (const arn of on) {
      if (!known.has(arn))
        faults.push(`${policy.where}: got a policy of ${arn}, allowed one of a resource that the stacks make`);
      policies.set(arn, [...(policies.get(arn) ?? []), policy]);
    }
  for (const { arn, kind, where } of resources)
    // Its default policy opens it to the account by a key that no service documents any more.
    if (kind === 'sns:topic' && !policies.has(arn))
      faults.push(`${where}: got a topic without a policy, allowed one with`);
  const places = new Map<string, string>();
  for (const { arn, kind, where } of resources) {
    const other = places.get(arn);
    // Every database says in which catalogue it is.
    if (other !== undefined && kind !== 'glue:catalog')
      faults.push(`${where}: got the ARN ${arn}, which ${other} has, allowed one of its own`);
    places.set(arn, where);
  }
  if (faults.length > 0) throw new NotUnderstood(faults);
  const byKey = new Map<string, string[]>();
  for (const { name, key } of aliases) {
    const id = key.slice(key.lastIndexOf('/') + 1);
    byKey.set(id, [...(byKey.get(id) ?? []), name]);
  }
  return new Map(
    resources.map((resource) => [
      resource.arn,
      {
        ...resource,
        policies: [...resource.policies, ...(policies.get(resource.arn) ?? [])],
        aliases: resource.kind === 'kms:key' ? (byKey.get(resource.name) ?? []) : [],
      },
    ]),
  );
}

const roleAsResource = ({ arn, name, account, where, trust, tags }: Role): Resource => ({
  kind: 'iam:role',
  arn,
  name,
  account,
  region: '',
  where,
  policies: [trust],
  tags,
  encryptedWith: undefined,
  aliases: [],
});

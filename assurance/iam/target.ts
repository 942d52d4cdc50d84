import type { Text } from './formula';
import { and, type Formula, or } from './formula';
import { matches } from './match';
import { literal, type Pattern, patternOf } from './pattern';
import type { Target } from './query';
import { ABSENT, type Slot, value } from './request';
import type { Resource } from './world';
import { flag } from './formula';

/** Name of what stands behind the resource's own ARN. */
const REST = 'rest of the resource';

/** The ARN that a request on a target is about, and what holds of its open part. */
export interface TargetText {
  readonly text: Text;
  readonly holds: Formula;
}

/** What stands behind a resource's own ARN, by kind and type: how it begins, and whether it may be empty. */
interface Rest {
  readonly begins: string;
  readonly may: 'be empty' | 'not be empty';
}

const RESTS: Readonly<Record<string, Rest>> = {
  object: { begins: '/', may: 'not be empty' },
  // Policies name a log group with and without the `:*` behind it, and what a request on it names is not written.
  'log-group': { begins: ':', may: 'be empty' },
  'log-stream': { begins: ':log-stream:', may: 'not be empty' },
  'function alias': { begins: ':', may: 'not be empty' },
  'function version': { begins: ':', may: 'not be empty' },
};

const restOf = ({ resource, type }: Pick<Target, 'resource' | 'type'>): Rest | undefined =>
  resource.any === true ? ANYTHING : RESTS[type];
const ANYTHING: Rest = { begins: '', may: 'not be empty' };

/** @throws NotUnderstood where the target's path is no pattern */
export function targetText({ resource, type, path }: Target): TargetText {
  const rest = restOf({ resource, type });
  if (rest === undefined) return { text: [resource.arn], holds: true };
  const free: Text = [{ free: REST }];
  const wanted =
    path === undefined ? true : matches(free, patternOf('the path of a target', path, { variables: false }));
  if (rest.may === 'not be empty')
    return { text: [resource.arn + rest.begins, ...free], holds: and(matches(free, NOT_EMPTY), wanted) };
  const begins = patternOf('', `${rest.begins}*`);
  return { text: [resource.arn, ...free], holds: and(or(matches(free, literal('')), matches(free, begins)), wanted) };
}

/** What stands behind the target's own ARN fits a pattern; a target of one ARN has nothing there, and any pattern fits. */
export function pathMatches(target: Target, path: string): Formula {
  if (restOf(target) === undefined) return true;
  return matches([{ free: REST }], patternOf('the path of an exception', path, { variables: false }));
}

const NOT_EMPTY: Pattern = patternOf('', '?*');

/**
 * What a request on a resource says about it: account, tags, aliases. Whether the tags are there is open: services differ in which
 * policies see them. Of somebody else's resource all of it is.
 */
export function aboutResource(resource: Resource, organisation: string | undefined, key: string): Slot | undefined {
  if (resource.foreign === true) return undefined;
  if (key === 'aws:resourceaccount' || key === 's3:resourceaccount') return value(resource.account);
  if (key === 'aws:resourceorgid' && organisation !== undefined) return value(organisation);
  if (key === 'kms:resourcealiases' && resource.kind === 'kms:key')
    return { holds: 'listed', values: resource.aliases };
  const tag = /^(?:aws|iam|s3):resourcetag\/(.*)$/.exec(key)?.[1];
  if (tag === undefined) return undefined;
  const found = Object.entries(resource.tags).find(([name]) => name.toLowerCase() === tag);
  return found === undefined ? ABSENT : value(found[1], flag(`${key} is there`));
}

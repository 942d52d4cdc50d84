import { isFields } from '../objects/kubernetes-object';
import type { Attempt, Court } from './court';
import type { Reading } from './expressions';
import type { AdmissionPolicy } from './policy';
import type { Allowed } from './pod-readings';

/** Fields of a request that whoever makes it has a say in, whatever the policy goes by. */
const WRITABLE: readonly string[] = [
  'object.metadata.name',
  'object.metadata.generateName',
  'object.metadata.labels[]',
  'object.metadata.annotations[]',
  'request.userInfo.username',
  'request.userInfo.groups[]',
];

/** Maps of names to texts, where a member is a key; a list elsewhere. */
const MAPS = /\b(labels|annotations|nodeSelector|limits|requests|triggers\.\.metadata)$/;

/**
 * What a policy lets through for a constant of its own: each attack that it was the first to refuse is tried again with each constant
 * that is strange to it in each field that it reads and in each that the author writes, alone and as beginning, end and middle. One
 * line for each constant and field, with an attack that is then admitted by all policies.
 */
export function hatches(court: Court, policy: AdmissionPolicy, reading: Reading, allowed: Allowed): string[] {
  const attempts = court.refusedFirst(policy.name);
  const demands = policy.match.objects?.demands ?? [];
  const paths = [
    ...demands.map(({ key }) => `object.metadata.labels[${key}]`),
    ...[...reading.paths, ...reading.steps].filter((path) => /^(object|request\.userInfo)\b/.test(path)),
    ...WRITABLE,
  ];
  const strange = [...reading.literals].filter((each) => !allowed.literals.includes(each));
  const texts = [
    ...strange.map((each) => each.slice(each.indexOf(' ') + 1)),
    ...demands.flatMap(({ values }) => values),
  ].filter((text) => text !== '');
  return [...new Set(paths)].flatMap((path) =>
    // Of a strange path, that something is there may be enough.
    [...new Set([...texts, ...(allowed.paths.includes(path) ? [] : ['true'])])].flatMap((text) => {
      const found = through(court, attempts, path, text);
      return found === undefined
        ? []
        : [`'${text}' in ${path} lets ${written(found)} through: got open, expected closed; every policy admits it`];
    }),
  );
}

function through(court: Court, attempts: readonly Attempt[], path: string, text: string): Attempt | undefined {
  for (const attempt of attempts)
    for (const value of [text, `${text}x`, `x${text}`, `x${text}x`]) {
      const varied = variation(attempt, path, value);
      if (varied !== undefined && court.admits(varied)) return attempt;
    }
  return undefined;
}

const written = ({ by, operation, resource, namespace }: Attempt): string =>
  `${operation} of ${resource}${namespace === undefined ? '' : ` in ${namespace.name}`} by ${by.username}`;

/** The attempt with another value at the path; undefined where it has no such place. */
function variation(attempt: Attempt, path: string, value: string): Attempt | undefined {
  const { by, object } = attempt;
  if (path === 'request.userInfo.username') return { ...attempt, by: { ...by, username: value } };
  if (path.startsWith('request.userInfo.groups')) return { ...attempt, by: { ...by, groups: [...by.groups, value] } };
  const steps = stepsOf(path.replace(/^object/, ''));
  if (object === null || !path.startsWith('object') || steps.length === 0) return undefined;
  return { ...attempt, object: put(object, steps, value, '') as Attempt['object'] };
}

/** `.spec.labels[a.b/c][]` as `spec`, `labels`, `a.b/c` and the empty text for any member. */
const stepsOf = (path: string): readonly string[] =>
  [...path.matchAll(/\.([^.[\]]+)|\[([^\]]*)\]/g)].map(([, field, key]) => field ?? key ?? '');

/** A copy with the value at the end of the steps; what is not there on the way is made. */
function put(of: unknown, [step, ...rest]: readonly string[], value: string, before: string): unknown {
  if (step === undefined) return value;
  const now = `${before}.${step}`;
  if (step !== '') {
    const fields = isFields(of) ? of : {};
    return { ...fields, [step]: put(fields[step], rest, value, now) };
  }
  if (isFields(of) || (of === undefined && MAPS.test(before))) return { ...(of ?? {}), [value]: 'true' };
  const members: readonly unknown[] = Array.isArray(of) ? of : [];
  if (rest.length === 0) return [...members, value];
  return (members.length === 0 ? [undefined] : members).map((each) => put(each, rest, value, now));
}

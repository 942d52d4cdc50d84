import type { Environment } from '../../../schema/model';
import type { Finding } from '../../finding';
import type { Cluster } from '../cluster';
import { NotUnderstood } from '../not-understood';
import type { LabelSelector } from '../objects/label-selector';
import { finding } from '../way';
import { allowedReadings } from './allowed-readings';
import { type Reading, readingOf } from './expressions';
import { hatches } from './hatches';
import type { AdmissionPolicy } from './policy';
import type { Allowed } from './pod-readings';

const subjectOf = (cluster: string, policy: string): string => `${cluster}: ValidatingAdmissionPolicy ${policy}`;

/**
 * Every policy goes by what its attacks vary and by the constants that the environment gives it, and by nothing else: a name, an
 * annotation or a user that occurs in the policy alone is a hatch that no attack of ours would try. What such a constant lets through
 * is looked for among the attacks that the policy refuses, and named. To be asked last, when all attacks were judged.
 * @see docs/decisions/0017-kubernetes-is-proven-by-attacks-on-classes.md
 */
export function provePolicyReadings(environment: Environment, cluster: Cluster): readonly Finding[] {
  const allowed = allowedReadings(environment, cluster.name);
  return cluster.policies.flatMap((policy) => {
    const subject = subjectOf(cluster.name, policy.name);
    const known = allowed.get(policy.name);
    if (known === undefined)
      return [
        finding(
          'not-understood',
          subject,
          `admission: got a policy of another name, allowed ${[...allowed.keys()].join(', ')}; no attack on it is known`,
        ),
      ];
    const reading = readingOfPolicy(policy, subject);
    const strange = [...strangers(reading, known), ...left(policy, known)];
    if (strange.length === 0) return [];
    return [
      ...hatches(cluster.court, policy, reading, known).map((way) => finding('open', subject, `admission: ${way}`)),
      ...strange.map((what) => finding('not-understood', subject, `admission: ${what}`)),
    ];
  });
}

function readingOfPolicy({ conditions, variables, validations }: AdmissionPolicy, subject: string): Reading {
  try {
    return readingOf([
      ...conditions,
      ...variables.map(([, expression]) => expression),
      ...validations.map(({ expression }) => expression),
    ]);
  } catch (error) {
    throw new NotUnderstood(subject, `got an expression that does not parse: ${String(error).split('\n')[0] ?? ''}`);
  }
}

/** A path of the policy's own variables: what it stands for is read where the variable is computed. */
const isVariable = (path: string): boolean => path.startsWith('variables.');

/** Whether a step leads to what may be read: a part of its path, up to a field, a member or a key. */
const leadsTo = (step: string, path: string): boolean =>
  path === step || (path.startsWith(step) && ['.', '['].includes(path[step.length] ?? ''));

/** Paths that the policy may not go by. */
export function strangePaths({ paths, steps }: Reading, allowed: Allowed): readonly string[] {
  return [
    ...[...paths].filter((path) => !isVariable(path) && !allowed.paths.includes(path)),
    ...[...steps].filter((step) => !isVariable(step) && !allowed.paths.some((path) => leadsTo(step, path))),
  ];
}

function strangers(reading: Reading, allowed: Allowed): string[] {
  return [
    ...strangePaths(reading, allowed).map(
      (path) => `it goes by ${path}, which no attack varies; allowed ${allowed.paths.join(', ') || 'nothing'}`,
    ),
    ...[...reading.literals]
      .filter((each) => !allowed.literals.includes(each))
      .map(
        (each) =>
          `it has the constant (${each}), which nothing of the environment gives it; allowed ${allowed.literals.map((one) => `(${one})`).join(' ') || 'none'}`,
      ),
  ];
}

const shown = (selector: LabelSelector | undefined): string =>
  selector === undefined
    ? 'all'
    : selector.demands.map(({ key, operator, values }) => [key, operator, ...values].join(' ')).join(', ');

/** What the policy leaves out before it judges: its own condition, objects by label, rules, other namespaces. */
function left({ conditions, match }: AdmissionPolicy, allowed: Allowed): string[] {
  return [
    ...conditions.map(
      (each) => `matchConditions: got ${each}, allowed none; a request that does not meet it is not judged`,
    ),
    ...(match.objects === undefined
      ? []
      : [`objectSelector: got ${shown(match.objects)}, allowed none; whoever writes an object chooses its labels`]),
    ...(match.excluded.length === 0
      ? []
      : [
          `excludeResourceRules: got ${match.excluded.map(({ resources }) => resources.join(' ')).join(', ')}, allowed none`,
        ]),
    ...(shown(match.namespaces) === shown(allowed.namespaces)
      ? []
      : [`namespaceSelector: got ${shown(match.namespaces)}, allowed ${shown(allowed.namespaces)}`]),
  ];
}

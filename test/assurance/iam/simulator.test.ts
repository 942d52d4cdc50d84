import { beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { type ConcreteRequest, evaluate, type PolicySet } from '../../../assurance/iam/evaluate';
import { type Knowledge, readKnowledge } from '../../../assurance/iam/knowledge';
import { NotUnderstood } from '../../../assurance/iam/not-understood';
import { type Policy, policyOf } from '../../../assurance/iam/policy';
import { Solver } from '../../../assurance/iam/solver';
import { type Case, randomCase } from './simulator-requests';
import { type Document, type Documents, documentsOf } from './simulator-documents';
import { MUTATIONS } from './simulator-mutations';
import { sourceTree } from '../../support/imports/sources';
import { Random } from './random';
import { sampleStacks, sampleWorld } from './sample-world';
import { solverAllows } from './solver-allows';

let documents: Documents;
let knowledge: Knowledge;
let solver: Solver;

beforeAll(async () => {
  documents = documentsOf(sampleStacks(), sampleWorld());
  knowledge = await readKnowledge(['ec2', 'cloudwatch']);
  solver = await Solver.start();
});
afterAll(() => solver.stop());

const typed = (document: Document | undefined): Policy[] =>
  document === undefined ? [] : [policyOf('a mutated policy', document.json, document.place)];

function policySet({ identity, boundary, onResource, endpoint, resource, action }: Case): PolicySet {
  return {
    identity: identity.flatMap(typed),
    boundary: boundary === undefined ? undefined : typed(boundary),
    resource: typed(onResource),
    resourceDecides: resource.kind === 'kms:key' || action.startsWith('sts:'),
    endpoint: endpoint === undefined ? undefined : typed(endpoint),
    levels: [],
  };
}

const requestOf = (
  { principal, action, arn, resource, context }: Case,
  without: readonly string[] = [],
): ConcreteRequest => ({
  principal,
  action,
  resource: arn,
  resourceAccount: resource.account,
  context: Object.fromEntries(Object.entries(context).filter(([key]) => !without.includes(key.toLowerCase()))),
});

const ALLOW_ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** What the other evaluator says; none where it does not take the question. */
async function simulated(
  asked: Case,
): Promise<{ readonly allowed: boolean; readonly ignored: readonly string[] } | undefined> {
  const { principal, identity, boundary, onResource, endpoint, resource, arn, action, context } = asked;
  const named = (name: string, one: Document): { name: string; policy: unknown } => ({ name, policy: one.json });
  const simulation: Simulation = {
    request: {
      principal:
        principal.kind === 'service'
          ? principal.service
          : principal.kind === 'identity'
            ? `arn:aws:sts::${principal.account}:assumed-role/${principal.arn.split('/').at(-1) ?? ''}/${principal.session ?? ''}`
            : '',
      action,
      resource: { resource: arn, accountId: resource.account },
      contextVariables: context as Record<string, string | string[]>,
    },
    identityPolicies: identity.map((one, i) => named(`identity ${i}`, one)),
    serviceControlPolicies: [{ orgIdentifier: 'root', policies: [{ name: 'all', policy: ALLOW_ALL }] }],
    resourceControlPolicies: [],
    resourcePolicy: onResource?.json,
    ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named('boundary', boundary)] }),
    ...(endpoint === undefined ? {} : { vpcEndpointPolicies: [named('endpoint', endpoint)] }),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType !== 'single') return undefined;
  return {
    allowed: result.overallResult === 'Allowed',
    ignored: (result.result.ignoredContextKeys ?? []).map((key) => key.toLowerCase()),
  };
}

interface Judged {
  readonly asked: Case;
  readonly policies: PolicySet;
  readonly theirs: { readonly allowed: boolean; readonly ignored: readonly string[] };
}

/** Questions that both sides take, until there are enough of them. */
async function questions(
  seed: number,
  enough: number,
): Promise<{ readonly judged: readonly Judged[]; readonly refused: number }> {
  const random = new Random(seed);
  const judged: Judged[] = [];
  let refused = 0;
  while (judged.length < enough) {
    const drawn = randomCase(documents, knowledge, random);
    const policies = understood(() => policySet(drawn));
    const asked = policies !== undefined && random.chance(30) ? towardsAllowed(drawn, policies) : drawn;
    const theirs = policies === undefined ? undefined : await simulated(asked);
    if (policies === undefined || theirs === undefined) refused++;
    else judged.push({ asked, policies, theirs });
  }
  return { judged, refused };
}

/** The same question with a context in which it is allowed, if one is found soon: left to chance, hardly any is. */
function towardsAllowed(asked: Case, policies: PolicySet): Case {
  for (let tries = 0; tries < 12; tries++) {
    const one = { ...asked, context: asked.redrawn() };
    if (ours(requestOf(one), policies)) return one;
  }
  return asked;
}

function understood<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

type Evaluator = (request: ConcreteRequest, policies: PolicySet) => boolean;
const ours: Evaluator = (request, policies) => evaluate(request, policies) === 'allowed';

/** Why the two may differ: rules of what the other does otherwise than AWS documents, or than a request can be. */
const DIFFERENCES: Readonly<Record<string, (one: Judged, by: Evaluator) => boolean>> = {
  // It drops keys that iam-data does not list for the action before it looks at the policies: with the same keys left out, they agree.
  'it leaves out keys that are not documented for the action': ({ asked, policies, theirs }, by) =>
    theirs.ignored.length > 0 && by(requestOf(asked, theirs.ignored), policies) === theirs.allowed,
};

function compare(
  all: readonly Judged[],
  by: Evaluator,
): { readonly explained: Record<string, number>; readonly unexplained: readonly Judged[] } {
  const explained: Record<string, number> = Object.fromEntries(Object.keys(DIFFERENCES).map((rule) => [rule, 0]));
  const unexplained: Judged[] = [];
  for (const one of all) {
    if (by(requestOf(one.asked), one.policies) === one.theirs.allowed) continue;
    const rule = Object.entries(DIFFERENCES).find(([, explains]) => explains(one, by))?.[0];
    if (rule === undefined) unexplained.push(one);
    else explained[rule] = (explained[rule] ?? 0) + 1;
  }
  return { explained, unexplained };
}

const shown = ({ asked, theirs }: Judged): unknown => ({
  theirs,
  ...asked,
  identity: asked.identity.map(({ json }) => json),
  onResource: asked.onResource?.json,
});

/** Wrong on purpose, as somebody might write it. */
const WRONG: Readonly<Record<string, Evaluator>> = {
  'a Deny is overlooked': (request, policies) =>
    ours(
      request,
      statements(policies, ({ effect }) => effect === 'Allow'),
    ),
  'a negated operator does not hold of an absent key': (request, policies) =>
    ours(
      request,
      statements(policies, ({ conditions }) =>
        conditions.every(
          ({ operator, key }) =>
            !operator.negated ||
            operator.over !== 'one' ||
            Object.keys(request.context).some((one) => one.toLowerCase() === key.toLowerCase()),
        ),
      ),
    ),
  'a key policy that leaves it to the account is enough': (request, policies) =>
    ours(request, { ...policies, identity: request.action.startsWith('kms:') ? 'everything' : policies.identity }),
};

function statements(policies: PolicySet, keep: (one: Policy['statements'][number]) => boolean): PolicySet {
  const kept = (all: readonly Policy[]): Policy[] =>
    all.map((one) => ({ ...one, statements: one.statements.filter(keep) }));
  const { identity, resource, boundary, endpoint } = policies;
  return {
    ...policies,
    identity: typeof identity === 'string' ? identity : kept(identity),
    resource: typeof resource === 'string' ? resource : kept(resource),
    boundary: boundary && kept(boundary),
    endpoint: endpoint && kept(endpoint),
  };
}

test('nothing else imports the other evaluator, whose licence is the AGPL: it is a devDependency', () => {
  const root = join(__dirname, '..', '..', '..');
  const named = sourceTree(root).sources.filter((file) =>
    /(?:from|require\(|import\() ?'@cloud-copilot\/iam-simulate/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(named).toEqual(['test/assurance/iam/simulator.test.ts']);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    object
  >;
  expect([dependencies, devDependencies].map((all) => '@cloud-copilot/iam-simulate' in (all ?? {}))).toEqual([
    false,
    true,
  ]);
});

describe('the evaluator, the solver and another evaluator, over the real policies and mutated ones', () => {
  let all: readonly Judged[];
  let refused: number;

  beforeAll(async () => {
    ({ judged: all, refused } = await questions(20261125, 10_000));
    // Twenty seconds on a quiet machine; a busy one has taken two minutes.
  }, 600_000);

  test('agree on 10,000 random requests, but for differences that have a name', () => {
    const { explained, unexplained } = compare(all, ours);
    expect(unexplained.slice(0, 3).map(shown)).toEqual([]);
    // Of 10,000: so few that they hide nothing, and not none, or the rule would be one of nothing.
    const [count = 0, ...more] = Object.values(explained);
    expect(more).toEqual([]);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(150);
  });

  test('are asked what is worth asking: allowed and refused, of each kind of resource, real and mutated', () => {
    const share = (of: (one: Judged) => boolean): number => Math.round((all.filter(of).length / all.length) * 100);
    const kinds = Object.fromEntries(
      [...new Set(all.map(({ asked }) => asked.resource.kind))].map((kind) => [
        kind,
        all.filter(({ asked, theirs }) => asked.resource.kind === kind && theirs.allowed).length,
      ]),
    );
    const mutations = new Set(all.flatMap(({ asked }) => asked.mutations));
    expect(all).toHaveLength(10_000);
    expect(refused).toBeLessThan(1000);
    expect(share(({ theirs }) => theirs.allowed)).toBeGreaterThan(12);
    expect(share(({ asked }) => asked.mutations.length > 0)).toBeGreaterThan(30);
    expect(mutations).toEqual(new Set(Object.keys(MUTATIONS)));
    expect(Object.entries(kinds).filter(([, allowed]) => allowed < 10)).toEqual([]);
    expect(Object.keys(kinds).sort()).toEqual([
      'iam:role',
      'kms:key',
      'logs:log-group',
      's3:bucket',
      'sns:topic',
      'sqs:queue',
    ]);
  });

  test.each(Object.entries(WRONG))('a wrong evaluator is caught: %s', (_, wrong) => {
    const { unexplained } = compare(all, wrong);
    expect(unexplained.length).toBeGreaterThan(10);
  });

  test('the solver says the same of the first 1,000 of them with everything bound', () => {
    const different = all
      .slice(0, 1000)
      .filter(
        ({ asked, policies }) =>
          solverAllows(solver, knowledge, asked.resource.kind, requestOf(asked), policies) !==
          ours(requestOf(asked), policies),
      );
    expect(different.slice(0, 3).map(shown)).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { costOf } from '../../../assurance/cost/cost';
import { MACHINE_TYPES } from '../../../assurance/cost/machine-types';
import { readPrices } from '../../../assurance/idle/prices';
import { environmentNames, loadNamed } from '../../../environments';
import { editObject, type Fields, set } from '../../mutations/edits';
import { samplePrices, SAMPLE_MONTH, sampleMonth } from '../../support/sample-cost';
import { sampleEnvironment, sampleInput, sampleTenants } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleMonth();
const output = writtenOutput(environment);
const prices = samplePrices(environment.region);
const pipelineGpu = (object: Fields): boolean => (object['metadata'] as Fields)['name'] === 'pipeline-gpu';

const foundAfter = (kind: string, path: string, value: unknown, fits?: (object: Fields) => boolean): string[] => {
  const changed = editObject(
    output,
    kind,
    (object) => {
      set(object, path, value);
    },
    fits,
  );
  return costOf(environment, changed, prices).findings.map(({ subject, message }) => `${subject}: ${message}`);
};

describe('what cannot be reckoned is a finding with its name', () => {
  test('a GPU that runs without work', () => {
    expect(foundAfter('NodePool', 'spec.replicas', 2, pipelineGpu)).toEqual([
      'production NodePool pipeline-gpu: spec.replicas: got 2 nodes without any work, expected none',
    ]);
  });

  test('a family of which no types are known', () => {
    const requirements = [
      { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
      { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['x9z'] },
      { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] },
    ];
    expect(foundAfter('NodePool', 'spec.template.spec.requirements', requirements, pipelineGpu)).toContain(
      "production NodePool pipeline-gpu: got the family 'x9z', expected one whose types of amd64 are in assurance/cost/machine-types.ts",
    );
  });

  test('a type of a family without a price', () => {
    const rest = Object.fromEntries(Object.entries(prices.prices).filter(([key]) => key !== 'instance g6.xlarge'));
    const findings = costOf(environment, output, { ...prices, prices: rest }).findings;
    expect(findings).toContainEqual({
      proof: 'idle',
      kind: 'not-understood',
      subject: 'production NodePool pipeline-gpu',
      message:
        "got the family 'g6', of which no price of 'instance g6.xlarge' is in assurance/idle/prices/eu-central-1.json",
    });
  });

  test.each(['volume-gp3-throughput', 'bucket-storage', 'data-event', 'log-storage'])(
    'a missing price of %s',
    (name) => {
      const rest = Object.fromEntries(Object.entries(prices.prices).filter(([key]) => key !== name));
      const messages = costOf(environment, output, { ...prices, prices: rest }).findings.map(({ message }) => message);
      expect(messages).toContain(
        `got no price of '${name}' in eu-central-1, expected one in assurance/idle/prices/eu-central-1.json`,
      );
    },
  );

  test('a pool without a limit', () => {
    expect(foundAfter('NodePool', 'spec.limits.memory', undefined, pipelineGpu)).toContainEqual(
      expect.stringMatching(/^production NodePool pipeline-gpu: got .*expected limits and a wait$/),
    );
  });

  test('a job that no machine of its pool has room for', () => {
    const big = (object: Fields): boolean => (object['metadata'] as Fields)['name'] === 'pipeline-audio';
    const container = {
      name: 'worker',
      resources: { requests: { cpu: '4000', memory: '16Gi', 'nvidia.com/gpu': '1' } },
    };
    expect(foundAfter('ScaledJob', 'spec.jobTargetRef.template.spec.containers', [container], big)).toContainEqual(
      expect.stringMatching(/pipeline-audio: got a ScaledJob without a tenant, a pipeline/),
    );
    const env = [{ name: 'ATOLL_PIPELINE', value: 'audio' }];
    expect(
      foundAfter('ScaledJob', 'spec.jobTargetRef.template.spec.containers', [{ ...container, env }], big),
    ).toContainEqual(
      expect.stringMatching(/pipeline-audio: got no machine of the pool 'pipeline-gpu' that has room for it/),
    );
  });

  test('a group of system nodes without a most is named', () => {
    const stacks = output.stacks.map((stack) => {
      if (stack.id !== 'production-cluster') return stack;
      const template = structuredClone(stack.template());
      for (const { Type, Properties } of Object.values(template.Resources))
        if (Type === 'AWS::EKS::Nodegroup') delete (Properties?.['ScalingConfig'] as Fields)['MaxSize'];
      return { ...stack, template: () => template };
    });
    expect(costOf(environment, { ...output, stacks }, prices).findings).toContainEqual(
      expect.objectContaining({ message: 'got nothing nodes of "m7g.large", expected a most' }),
    );
  });
});

describe('what nobody declared is told, and is in no sum', () => {
  test('without a month nothing but the idle bill is in the expectation', () => {
    const plain = sampleEnvironment();
    const cost = costOf(plain, writtenOutput(plain), prices);
    expect(cost.findings).toEqual([]);
    expect(cost.expectedUsd).toBe(cost.idleUsd);
    expect(cost.notKnown.map(({ subject, message }) => `${subject}: ${message}`)).toEqual(
      expect.arrayContaining([
        'tenant/acme: what arrives of audio: declare expectedMonth',
        'tenant/cedar-health: what arrives of audio: declare expectedMonth',
        "tenant/acme: GPU hours of training of tenants' models: declare expectedMonth",
        'team/speech: GPU hours of training of research teams: declare expectedMonth',
        'platform: what a usual month brings: declare expectedMonth of the environment',
      ]),
    );
    expect(cost.owners.every(({ atLeast }) => atLeast)).toBe(true);
  });

  test('a pipeline without a throughput has no machines, and its tenants cost at least the rest', () => {
    const without = sampleMonth({ input: { pipelines: sampleInput.pipelines } });
    const cost = costOf(without, output, prices);
    expect(cost.notKnown).toContainEqual({
      subject: 'tenant/birch',
      message: 'machines of text: declare throughputPerHour of the pipeline',
    });
    expect(cost.lines.some(({ what, columns }) => what === 'machines of text' && columns.includes('expected'))).toBe(
      false,
    );
    expect(cost.lines.some(({ what }) => what === 'what is kept of text')).toBe(true);
  });
});

describe('budgets', () => {
  test('that a usual month exceeds are remarks', () => {
    const tenants = sampleTenants.map((tenant) => ({ ...tenant, monthlyBudgetUsd: 1 }));
    const cost = costOf(sampleMonth({ tenants, input: { monthlyBudgetUsd: 10 } }), output, prices);
    expect(cost.remarks).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^the production account: a usual month costs [\d,]+ \$, its budget is 10 \$$/),
        expect.stringMatching(/^tenant\/acme: a usual month costs [\d,]+ \$, its budget is 1 \$$/),
      ]),
    );
    expect(cost.findings).toEqual([]);
  });

  test('that suffice are none', () => {
    const tenants = sampleTenants.map((tenant) => ({ ...tenant, monthlyBudgetUsd: 1_000_000 }));
    const rich = sampleInput.researchTeams.map((team) => ({ ...team, monthlyBudgetUsd: 1_000_000 }));
    const input = { monthlyBudgetUsd: 10_000_000, expectedMonth: SAMPLE_MONTH, researchTeams: rich };
    expect(costOf(sampleMonth({ tenants, input }), output, prices).remarks).toEqual([]);
  });
});

test('work that a pool has no room for in a month is a remark', () => {
  const much = { ...SAMPLE_MONTH.perTenant, audio: { inputs: 1000, hours: 1_000_000, storedGiB: 12 } };
  const { remarks } = costOf(
    sampleMonth({ input: { expectedMonth: { ...SAMPLE_MONTH, perTenant: much } } }),
    output,
    prices,
  );
  // 100,100 hours of machines of 8 vCPUs, and 20 of video, in a pool of 256.
  expect(remarks).toContainEqual(
    expect.stringMatching(
      /^pool pipeline-gpu: a usual month works 80\d,\d{3} vCPU hours there, its limit allows 186,880$/,
    ),
  );
});

test('every family that an environment buys has types, each with a price in its region', () => {
  const missing = environmentNames.flatMap((name) => {
    const { nodePools, region } = loadNamed(name);
    const { prices: known } = readPrices(region);
    return nodePools.flatMap(({ families, architecture }) =>
      families.flatMap((family) => {
        const types = MACHINE_TYPES.filter((type) => type.family === family && type.architecture === architecture);
        const unpriced = types.filter((type) => known[`instance ${type.name}`] === undefined);
        return types.length === 0 ? [`${name}: ${family}`] : unpriced.map((type) => `${name}: ${type.name}`);
      }),
    );
  });
  expect(missing).toEqual([]);
});

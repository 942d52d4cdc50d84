import { type BadEnvironment, tenant } from './bad-environment';

const ACME = 'tenants/acme.yaml';

export const tenantCases: readonly BadEnvironment[] = [
  {
    name: 'retention below the class',
    files: { [ACME]: [['retentionDays: 90', 'retentionDays: 20']] },
    expected: [
      "environments/test/tenants/acme.yaml:7: data[0].retentionDays: got 20, at least 30 for class 'audio'; raise it or change the class",
    ],
  },
  {
    name: 'retention above the class',
    files: { [ACME]: [['retentionDays: 90', 'retentionDays: 400']] },
    expected: [
      "environments/test/tenants/acme.yaml:7: data[0].retentionDays: got 400, at most 365 for class 'audio'; lower it or change the class",
    ],
  },
  {
    name: 'a retention that is no number',
    files: { [ACME]: [['retentionDays: 90', 'retentionDays: ninety']] },
    expected: [
      "environments/test/tenants/acme.yaml:7: data[0].retentionDays: got 'ninety', allowed a number; write a number",
    ],
  },
  {
    name: 'a retention with a fraction',
    files: { [ACME]: [['retentionDays: 90', 'retentionDays: 90.5']] },
    expected: [
      'environments/test/tenants/acme.yaml:7: data[0].retentionDays: got 90.5, allowed a whole number; write a whole number',
    ],
  },
  {
    name: 'a misspelt key',
    files: { [ACME]: [['retentionDays', 'retentionDay']] },
    expected: [
      'environments/test/tenants/acme.yaml:6: data[0].retentionDays: got nothing, a number is required; add it',
      "environments/test/tenants/acme.yaml:7: data[0].retentionDay: got an unknown key, allowed 'class' or 'retentionDays'; did you mean 'retentionDays'",
    ],
  },
  {
    name: 'a key that resembles none',
    files: { [ACME]: [['state:', 'colour: blue\nstate:']] },
    expected: [
      "environments/test/tenants/acme.yaml:3: colour: got an unknown key, allowed 'id', 'state', 'region', 'data', 'models', 'isolation', 'serving', 'limits', 'monthlyBudgetUsd' or 'expectedMonth'; remove it",
    ],
  },
  {
    name: 'a missing key',
    files: { [ACME]: [['region: eu-central-1\n', '']] },
    expected: ['environments/test/tenants/acme.yaml:2: region: got nothing, a text is required; add it'],
  },
  {
    name: 'an empty value',
    files: { [ACME]: [['state: active', 'state:']] },
    expected: [
      "environments/test/tenants/acme.yaml:3: state: got nothing, one of 'active', 'suspended', 'erasing' or 'erased' is required; add it",
    ],
  },
  {
    name: 'a misspelt data class',
    files: { [ACME]: [['class: audio', 'class: audoi']] },
    expected: [
      "environments/test/tenants/acme.yaml:6: data[0].class: got 'audoi', allowed 'video', 'audio' or 'text'; did you mean 'audio'",
    ],
  },
  {
    name: 'a data class twice',
    files: {
      [ACME]: [
        ['class: text', 'class: audio'],
        ['  - call-outcome', '  []'],
      ],
    },
    expected: [
      "environments/test/tenants/acme.yaml:8: data[1].class: got 'audio' again, each class at most once; remove one of the two",
    ],
  },
  {
    name: 'no data at all',
    files: {
      [ACME]: [['  - class: audio\n    retentionDays: 90\n  - class: text\n    retentionDays: 90\n', '  []\n']],
    },
    expected: ['environments/test/tenants/acme.yaml:5: data: got a list of 0, at least 1 in the list; add to it'],
  },
  {
    name: 'a tenant of another region',
    files: { [ACME]: [['eu-central-1', 'us-east-1']] },
    expected: [
      "environments/test/tenants/acme.yaml:4: region: got 'us-east-1', allowed 'eu-central-1', the environment's region; move the tenant to an environment of its region",
    ],
  },
  {
    name: 'an unknown model type',
    files: { [ACME]: [['- call-outcome', '- call-outcomes']] },
    expected: [
      "environments/test/tenants/acme.yaml:11: models[0]: got 'call-outcomes', allowed 'call-outcome' or 'tagger'; did you mean 'call-outcome'",
    ],
  },
  {
    name: 'a model type that is common',
    files: { [ACME]: [['- call-outcome', '- recognizer']] },
    expected: [
      "environments/test/tenants/acme.yaml:11: models[0]: got 'recognizer', a model type common to all tenants, allowed 'call-outcome' or 'tagger'; remove it: every tenant uses it",
    ],
  },
  {
    name: 'a model type that reads more than is handed over',
    files: { [ACME]: [['- call-outcome', '- tagger']] },
    expected: [
      "environments/test/tenants/acme.yaml:11: models[0]: got 'tagger', allowed model types that read what the tenant hands over, not 'video'; add class 'video' to data or remove the model",
    ],
  },
  {
    name: 'a model type twice',
    files: { [ACME]: [['- call-outcome', '- call-outcome\n  - call-outcome']] },
    expected: [
      "environments/test/tenants/acme.yaml:12: models[1]: got 'call-outcome' again, each model type at most once; remove one of the two",
    ],
  },
  {
    name: 'an id in capitals',
    files: { [ACME]: [['id: acme', 'id: Acme']] },
    expected: [
      "environments/test/tenants/acme.yaml:2: id: got 'Acme', allowed lower-case letters, digits and single hyphens, beginning with a letter; change it to that form",
    ],
  },
  {
    name: 'an id that is too short',
    files: { [ACME]: null, 'tenants/ac.yaml': tenant('ac'), 'grants/speech-one.yaml': null },
    expected: ["environments/test/tenants/ac.yaml:1: id: got 'ac' (2 characters), at least 3 characters; lengthen it"],
  },
  {
    name: 'an id that is a number',
    files: { [ACME]: [['id: acme', 'id: 123']] },
    expected: ['environments/test/tenants/acme.yaml:2: id: got 123, allowed a text; write a text'],
  },
  {
    name: 'an id of another tenant',
    files: { 'tenants/birch.yaml': [['id: birch', 'id: acme']] },
    expected: [
      "environments/test/tenants/birch.yaml:1: id: got 'acme', allowed an id that environments/test/tenants/acme.yaml does not have; change the id or remove one of the two",
    ],
  },
  ...(['active', 'suspended', 'erasing'] as const).map((state): BadEnvironment => ({
    name: `the id of an erased tenant used again by one that is ${state}`,
    files: { 'tenants/birch.yaml': null, 'tenants/gone-labs.yaml': tenant('gone-labs', state) },
    expected: [
      "environments/test/tenants/gone-labs.yaml:1: id: got 'gone-labs', allowed an id that no erased tenant had; choose another id",
    ],
  })),
  {
    name: 'an erased tenant whose id may be used again',
    files: { 'tenants/cedar.yaml': tenant('cedar', 'erased'), 'tenants/gone-labs.yaml': tenant('gone-labs', 'erased') },
    expected: [
      "environments/test/tenants/cedar.yaml:2: state: got 'erased' for an id that may be used again, allowed once the id is in the environment's retiredTenantIds; add 'cedar' to them in index.ts",
    ],
  },
  {
    name: 'a data class that no pipeline reads',
    files: {
      'tenants/cedar.yaml': tenant('cedar').replace('text', 'video'),
      'tenants/dolmen.yaml': tenant('dolmen', 'suspended').replace('text', 'video'),
      'tenants/elm.yaml': tenant('elm', 'erasing').replace('text', 'video'),
    },
    expected: ['cedar', 'dolmen'].map(
      (id) =>
        `environments/test/tenants/${id}.yaml:4: data[0].class: got 'video', allowed classes that a pipeline of the environment reads ('audio' or 'text'), since the objects of no other get a queue; add the class's pipeline to index.ts or remove the class`,
    ),
  },
  {
    name: "an id whose bucket would be the platform's",
    files: { 'tenants/delivery-production.yaml': tenant('delivery-production') },
    expected: [
      "environments/test/tenants/delivery-production.yaml:1: id: got 'delivery-production', allowed an id whose bucket's name is not the platform's own; choose another id",
    ],
  },
  {
    name: 'limits below one job of each pipeline',
    files: { [ACME]: [['monthlyBudgetUsd: 100', 'limits:\n  gpus: 0\n  memoryGiB: 8\nmonthlyBudgetUsd: 100']] },
    expected: [
      "environments/test/tenants/acme.yaml:13: limits.gpus: got 0, at least 1 for one job of each pipeline ('audio', 'text'); raise it",
      "environments/test/tenants/acme.yaml:14: limits.memoryGiB: got 8, at least 18 for one job of each pipeline ('audio', 'text'); raise it",
    ],
  },
  {
    name: 'fewer jobs than pipelines',
    files: { [ACME]: [['monthlyBudgetUsd: 100', 'limits: { concurrentJobs: 1 }\nmonthlyBudgetUsd: 100']] },
    expected: [
      "environments/test/tenants/acme.yaml:12: limits.concurrentJobs: got 1, at least 2, one job of each pipeline ('audio', 'text'); raise it",
    ],
  },
  {
    name: 'a limit above the range',
    files: { [ACME]: [['monthlyBudgetUsd: 100', 'limits: { gpus: 65 }\nmonthlyBudgetUsd: 0']] },
    expected: [
      'environments/test/tenants/acme.yaml:12: limits.gpus: got 65, at most 64; lower it',
      'environments/test/tenants/acme.yaml:13: monthlyBudgetUsd: got 0, at least 1; raise it',
    ],
  },
  {
    name: 'three faults at once',
    files: {
      [ACME]: [
        ['region: eu-central-1', 'region: us-east-1'],
        ['retentionDays: 90', 'retentionDays: 20'],
        ['models:', 'isolaton: shared\nmodels:'],
      ],
    },
    expected: [
      "environments/test/tenants/acme.yaml:4: region: got 'us-east-1', allowed 'eu-central-1', the environment's region; move the tenant to an environment of its region",
      "environments/test/tenants/acme.yaml:7: data[0].retentionDays: got 20, at least 30 for class 'audio'; raise it or change the class",
      "environments/test/tenants/acme.yaml:10: isolaton: got an unknown key, allowed 'id', 'state', 'region', 'data', 'models', 'isolation', 'serving', 'limits', 'monthlyBudgetUsd' or 'expectedMonth'; did you mean 'isolation'",
    ],
  },
  {
    name: 'an unknown tenant asked for',
    options: { tenant: 'acmee' },
    expected: [
      "environments/test/tenants: tenant: got 'acmee', allowed one of the 2 tenants of the environment; did you mean 'acme'",
    ],
  },
];

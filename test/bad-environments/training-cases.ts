import { TRAINING, trainingInput, trainingText, withTraining } from '../support/good-training';
import type { BadEnvironment } from './bad-environment';

const FILE = `environments/test/${TRAINING}`;
const bad = (
  name: string,
  changes: readonly (readonly [from: string, to: string])[],
  ...expected: string[]
): BadEnvironment => ({
  name,
  ...withTraining(...changes),
  expected: expected.map((each) => `${FILE}:${each}`),
});

export const trainingCases: readonly BadEnvironment[] = [
  bad(
    "a training on another tenant's data",
    [['  tenant: acme', '  tenant: birch']],
    "7: data.tenant: got 'birch', allowed 'acme', whose model it is: no other tenant's data is in it; name the same tenant in both",
  ),
  bad(
    "a training of a tenant's model on granted data",
    [['kind: tenant\n  tenant: acme\n  classes:\n    - audio', 'kind: grant\n  grant: speech-one']],
    "6: data.kind: got 'grant', allowed 'tenant': a tenant's model is trained on the data of 'acme' alone; name the tenant's own classes",
  ),
  bad(
    'a training on a class too many, and one twice',
    [['    - audio', '    - audio\n    - video\n    - audio']],
    "10: data.classes[1]: got 'video', allowed 'audio' or 'text', which 'call-outcome' may be trained on; take it out, or widen the model type's training",
    "11: data.classes[2]: got 'audio' again, each at most once; remove one of the two",
  ),
  bad(
    'a training on data of no known kind',
    [['kind: tenant', 'kind: everything']],
    "6: data.kind: got 'everything', allowed 'tenant' or 'grant'; choose one of them",
  ),
  bad(
    'a training of an unknown tenant',
    [['\ntenant: acme', '\ntenant: acne']],
    "3: tenant: got 'acne', allowed 'acme' or 'birch'; did you mean 'acme'",
  ),
  bad(
    'a training of a suspended tenant, which has no models',
    [['\ntenant: acme', '\ntenant: birch']],
    "2: gpus: got 1, at most 0, the tenant's limits.gpus; lower it or raise the tenant's limit",
    "3: tenant: got 'birch', which is suspended, allowed active tenants: nothing runs for any other; remove the file",
    "4: model: got 'call-outcome', and 'birch' has no models of its own; name one of them, or add it to the tenant's file",
  ),
  bad(
    "a training of a model that is not the tenant's",
    [['model: call-outcome', 'model: tagger']],
    "4: model: got 'tagger', allowed 'call-outcome', the models of 'acme'; name one of them, or add it to the tenant's file",
  ),
  bad(
    'a training of a common model for a tenant',
    [['model: call-outcome', 'model: recognizer']],
    "4: model: got 'recognizer', a model type common to all tenants, allowed 'call-outcome', the models of 'acme'; train it in research",
  ),
  bad(
    'a training that whoever asked for it approved',
    [['approver: lin@', 'approver: ADA@']],
    "13: approver: got 'ADA@example.com', allowed a person other than requestedBy; let somebody else approve",
  ),
  bad(
    'a training for no reason that is known',
    [['reason: new-data', 'reason: because']],
    "10: reason: got 'because', allowed 'first-model', 'new-data', 'drift', 'new-base' or 'erasure'; choose one of them",
  ),
  bad(
    'a training that is open too long',
    [['2026-12-10', '2027-01-10']],
    "15: expires: got '2027-01-10', 51 days after issued, at most 30 days after issued; expire it earlier",
  ),
  bad(
    'a training that expires before it is issued',
    [['2026-12-10', '2026-11-10']],
    "15: expires: got '2026-11-10', at least '2026-11-20', the day of issued; correct one of the two days",
  ),
  {
    ...bad(
      'a training that expired',
      [],
      "15: expires: got '2026-12-10', at least today, '2026-12-11'; remove the file, or ask for another training",
    ),
    options: { today: '2026-12-11' },
  },
  {
    ...bad(
      'a training of a later day',
      [],
      "14: issued: got '2026-11-20', at most today, '2026-11-19'; correct the day, or add it when it comes",
    ),
    options: { today: '2026-11-19' },
  },
  bad(
    "a training beyond the tenant's limits and every pool",
    [['reason: new-data', 'reason: new-data\ngpus: 8\ncpu: 65']],
    "11: gpus: got 8, at most 2, the tenant's limits.gpus; lower it or raise the tenant's limit",
    '11: gpus: got cpu 65, memoryGiB 16, gpus 8, allowed what a pool of training may hold (cpu 32, memoryGiB 128, gpus 4); lower them or add a pool to nodePools',
    "12: cpu: got 65, at most 64, the tenant's limits.cpu; lower it or raise the tenant's limit",
  ),
  {
    ...bad(
      'a training without a pool for it',
      [],
      "2: gpus: got cpu 4, memoryGiB 16, gpus 1, and the production cluster has no node pool for training of segregation 'tenant'; lower them or add a pool to nodePools",
    ),
    input: {},
  },
  {
    name: 'two trainings of a model, by one ticket',
    input: trainingInput,
    files: {
      [TRAINING]: trainingText,
      'trainings/outcome-three.yaml': trainingText.replace('id: outcome-two', 'id: outcome-three'),
    },
    expected: [
      `${FILE}:4: model: got 'call-outcome' of 'acme', allowed one training of a model at a time, and environments/test/trainings/outcome-three.yaml is another; remove the one that is done`,
      `${FILE}:11: ticket: got 'MODEL-1', allowed a ticket that environments/test/trainings/outcome-three.yaml does not have; ask for a ticket of its own`,
    ],
  },
];

import type { Change } from './try-environment';

/** A training of a tenant's model in the good environment, which has no pool for it by itself. */
export const TRAINING = 'trainings/outcome-two.yaml';
export const trainingText = `# yaml-language-server: $schema=../../../schema/json/training.schema.json
id: outcome-two
tenant: acme
model: call-outcome
data:
  kind: tenant
  tenant: acme
  classes:
    - audio
reason: new-data
ticket: MODEL-1
requestedBy: ada@example.com
approver: lin@example.com
issued: 2026-11-20
expires: 2026-12-10
`;

export const trainingInput: NonNullable<Change['input']> = {
  'nodePools.6': {
    name: 'tuning',
    cluster: 'production',
    workload: 'training',
    families: ['g6'],
    gpuLimit: 4,
    cpuLimit: 32,
    memoryLimitGiB: 128,
    segregation: 'tenant',
  },
};

/** The environment with the training, in whose file some texts are others. */
export const withTraining = (...changes: readonly (readonly [from: string, to: string])[]): Change => ({
  input: trainingInput,
  files: {
    [TRAINING]: changes.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`${TRAINING}: got no '${from}', allowed a text that it has`);
      return text.replace(from, to);
    }, trainingText),
  },
});

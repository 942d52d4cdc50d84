import { at, changeObject, type Mutation, set } from './edits';

const LONGEST = 'spec.variables.0.expression';
const POOL = 'spec.variables.1.expression';
const RULE = 'spec.validations.0.expression';

/** A part of the policy of ends replaced. */
const text = (
  id: string,
  description: string,
  path: string,
  from: string | RegExp,
  to: string,
  expects: RegExp,
): Mutation => ({
  id: `deadlines-${id}`,
  description,
  apply: (output) =>
    changeObject(
      output,
      { cluster: 'research', kind: 'ValidatingAdmissionPolicy', name: 'atoll-job-deadlines' },
      (object) => {
        set(object, path, String(at(object, path)).replace(from, to));
      },
    ),
  expects,
});

/** Faults by which a workbench or a training keeps its machine. */
export const DEADLINE_MUTATIONS: readonly Mutation[] = [
  text(
    'workbench-longer',
    'a workbench may run for a month',
    LONGEST,
    /'workbench-cpu': \d+/,
    "'workbench-cpu': 2592000",
    /open research: research-speech: team speech: a person makes a Job that ends later than its pool allows on pool workbench-cpu/,
  ),
  text(
    'workbench-of-a-grant-longer',
    'a workbench of a grant may run for a month',
    RULE,
    'object.spec.activeDeadlineSeconds <= ',
    "object.spec.template.spec.serviceAccountName.startsWith('grant-') || object.spec.activeDeadlineSeconds <= ",
    /open research: research-speech: team speech: a person makes a Job of grant speech-eval that ends later than its pool allows on pool workbench-cpu/,
  ),
  text(
    'workbench-shorter',
    'a workbench may not run for the hours that it may ask for',
    LONGEST,
    /'workbench-cpu': \d+/,
    "'workbench-cpu': 3600",
    /closed research: research-speech: team speech: a person makes a Job that runs as long as pool workbench-cpu allows: got closed/,
  ),
  text(
    'training-pool-as-well',
    'a Job on one pool may run as long as one on another',
    POOL,
    /object\.spec\.template\.spec\.nodeSelector\['atoll\.dev\/pool'\]/,
    "'training-gpu'",
    /open research: research-speech: team speech: a person makes a Job that ends later than its pool allows on pool workbench-cpu/,
  ),
  text(
    'optional',
    'a Job that does not say when it ends is let through',
    RULE,
    'has(object.spec.activeDeadlineSeconds) && ',
    '!has(object.spec.activeDeadlineSeconds) || ',
    /open research: research-speech: team speech: a person makes a Job that never ends on pool workbench-cpu/,
  ),
  text(
    'when-made-only',
    'a Job may be changed to one that never ends',
    RULE,
    'has(object.spec.activeDeadlineSeconds)',
    "request.operation != 'CREATE' || has(object.spec.activeDeadlineSeconds)",
    /one-lock-left research: research-speech: team speech: a person makes of a Job one that never ends on pool workbench-cpu/,
  ),
];

import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import { type Fields, type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { allows } from '../rbac/grants';
import { finding, openWay } from '../way';
import { NotUnderstood } from '../not-understood';
import type { Attempt } from './court';
import { identities, subjectsOf } from './identities';
import { type Marks, podOfJob } from './grant-scene';
import { type Battlefield, refusedStep } from './pod-attacks';
import { member, type Team } from './team-scene';

/** Fields of a template. What is not among them is not known here: its name is the finding. */
const KNOWN = {
  spec: [
    'concurrencyPolicy',
    'failedJobsHistoryLimit',
    'jobTemplate',
    'schedule',
    'successfulJobsHistoryLimit',
    'suspend',
  ],
  jobTemplate: ['metadata', 'spec'],
} as const;

/** One of a single pod, and one of several for each pool of research's training with GPUs. */
function declaredTemplates({ nodePools }: Environment): readonly string[] {
  const pools = nodePools.filter(
    ({ cluster, workload, gpuLimit }) => cluster === 'research' && workload === 'training' && gpuLimit > 0,
  );
  return pools.length === 0
    ? []
    : [teamNames.trainingTemplate(), ...pools.map(({ name }) => teamNames.trainingTemplate(name))];
}

/**
 * The templates of a team's trainings: each is there, starts nothing by itself, and gives a person a Job that is let through as if they had
 * written it. It opens nothing else: admission judges the Job, and asks who makes it.
 */
export function proveTemplates(
  environment: Environment,
  field: Battlefield,
  team: Team,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  const { owner, namespace } = field;
  const declared = declaredTemplates(environment);
  const found = objects.filter(({ kind }) => kind === 'CronJob');
  return [
    ...declared.flatMap((name) => {
      const template = found.find(({ metadata }) => metadata.name === name);
      const what = `${owner}: a person makes a training of the template ${name}`;
      return template === undefined
        ? openWay(`research: ${namespace.name}`, what, 'there is no such CronJob')
        : read(template, owner, () => [
            ...openWay(`research: ${nameOf(template)}`, what, refusedAt(field, team, template)),
            ...templateFaults(owner, template),
          ]);
    }),
    ...found
      .filter(({ metadata }) => !declared.includes(metadata.name))
      .map((each) =>
        finding(
          'open',
          `research: ${nameOf(each)}`,
          `${owner}: a CronJob that is no template: got open, expected ${declared.join(', ') || 'none'}`,
        ),
      ),
  ];
}

function read(template: KubernetesObject, owner: string, judge: () => readonly Finding[]): readonly Finding[] {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return [finding('not-understood', `research: ${nameOf(template)}`, `${owner}: ${error.message}`)];
  }
}

function templateFaults(owner: string, template: KubernetesObject): readonly Finding[] {
  const spec = Reader.of(`research: ${nameOf(template)}`, 'cronJob', template)
    .only('apiVersion', 'kind', 'metadata', 'spec')
    .object('spec')
    .only(...KNOWN.spec);
  spec.object('jobTemplate').only(...KNOWN.jobTemplate);
  const pod = spec.object('jobTemplate').object('spec').object('template').object('spec');
  const wrong = (path: string, got: unknown, allowed: unknown): Finding[] =>
    got === allowed
      ? []
      : [finding('open', spec.subject, `${owner}: ${path}: got ${String(got)}, allowed ${String(allowed)} only`)];
  return [
    ...wrong(`${spec.path}.suspend`, spec.value['suspend'], true),
    ...wrong(`${pod.path}.serviceAccountName`, pod.value['serviceAccountName'], teamNames.serviceAccount),
  ];
}

/** What stands in the way from the template to its pods. */
function refusedAt(
  { court, grants, namespace }: Battlefield,
  team: Team,
  template: KubernetesObject,
): string | undefined {
  const by = member(team);
  if (!allows(grants, subjectsOf(by), { verb: 'get', resource: 'batch/cronjobs' }, namespace.name))
    return 'nobody of the team may read it';
  const jobTemplate = Reader.of(nameOf(template), 'cronJob', template).object('spec').object('jobTemplate');
  const spec = jobTemplate.object('spec').value;
  const pod = jobTemplate.object('spec').object('template');
  const marks: Marks = {
    name: `${template.metadata.name}-mine`,
    labels: pod.optionalObject('metadata')?.labels('labels') ?? {},
  };
  const job: Fields = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: marks.name, labels: jobTemplate.optionalObject('metadata')?.labels('labels') ?? {} },
    spec,
  };
  const write = (rest: Pick<Attempt, 'by' | 'operation' | 'resource' | 'object'>, group = 'batch'): Attempt => ({
    group,
    version: 'v1',
    namespace,
    ...rest,
  });
  const started = { ...job, spec: { ...spec, suspend: false } };
  return refusedStep(court, [
    ['CronJob', write({ by: identities.flux, operation: 'CREATE', resource: 'cronjobs', object: template })],
    ['Job', write({ by, operation: 'CREATE', resource: 'jobs', object: job })],
    [
      'the start of the Job',
      { ...write({ by: identities.kueue, operation: 'UPDATE', resource: 'jobs', object: started }), oldObject: job },
    ],
    [
      'Pod',
      write(
        {
          by: identities.jobController,
          operation: 'CREATE',
          resource: 'pods',
          object: podOfJob(pod.object('spec').value, marks),
        },
        '',
      ),
    ],
  ]);
}

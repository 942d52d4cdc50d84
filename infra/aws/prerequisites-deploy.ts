import { grantedClasses } from './data-catalogue-stack';
import type { Environment } from '../../schema/model';
import { bootstrapNames, stackNames } from '../../schema/names';
import { isCorpus } from '../../schema/open-sources';
import { hasDoors } from '../../schema/people-services';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import { shell } from './markdown';

/** One command of the first deploy, of one account: its credentials are what the heading asks for. */
interface Step {
  readonly what: string;
  readonly cluster: ClusterName;
  readonly stacks: readonly string[];
}

/** Platform stacks of both accounts, one step for each: no command may name stacks of two. */
function inBoth(what: string, ...rooms: readonly string[]): Step[] {
  return CLUSTERS.map((cluster) => ({
    what,
    cluster,
    stacks: rooms.map((room) => stackNames.platform(cluster, room)),
  }));
}

const BEFORE_IMAGES = inBoth('network and registry', 'network', 'registry');
const afterImages = (env: Environment): readonly Step[] => [
  ...inBoth('delivery', 'delivery'),
  ...inBoth('cluster', 'cluster'),
  ...inBoth('evidence', 'evidence'),
  ...inBoth('doors', 'doors').filter(({ cluster }) => hasDoors(env, cluster)),
  {
    what: 'operations and ingest',
    cluster: 'production',
    stacks: ['operations', 'ingest'].map((room) => stackNames.platform('production', room)),
  },
  {
    what: 'operations and what grants open',
    cluster: 'research',
    stacks: [
      'operations',
      ...(env.researchTeams.length > 0 ? ['data-access'] : []),
      ...(env.sources.some(isCorpus) ? ['corpora'] : []),
      ...(grantedClasses(env).length > 0 ? ['data-catalogue'] : []),
    ].map((room) => stackNames.platform('research', room)),
  },
  { what: 'tenants', cluster: 'production', stacks: [stackNames.tenant('*')] },
];

/** The section on the first deploy, in its order. */
export function firstDeploy(env: Environment, step: number): string {
  let count = 0;
  const heading = (what: string, credentials: string): string =>
    `### ${String(step)}.${String(++count)} ${what}, with credentials of ${credentials}`;
  const deploy = ({ what, cluster, stacks }: Step): string[] => [
    heading(what, `account ${env.accounts[cluster]} (${cluster})`),
    shell(`npx cdk deploy -c env=${env.name} ${stacks.map((stack) => `'${env.name}/${stack}'`).join(' ')}`),
  ];
  return [
    `## ${String(step)}. First deploy`,
    'Stacks meet at names, so CloudFormation knows no order among them. One command is for one account: a bootstrap without ' +
      `\`--trust\` lets in its own account's principals only, and the guard rails only \`${bootstrapNames.deployer}\` of it. The ` +
      'registries are filled before anything pulls from them: a private node reaches no other.',
    ...(env.network.connectedNetwork === undefined
      ? []
      : [`Each network stack waits until the network team has accepted its attachment: section ${String(step - 1)}.`]),
    ...BEFORE_IMAGES.flatMap(deploy),
    heading('images and charts', `\`${env.imageMirrorPrincipal}\``),
    shell(
      'npx atoll images lock   # once per change of a version, where there is a network; commit what it writes',
      `npx atoll images mirror --env ${env.name} > mirror.sh`,
      'bash mirror.sh          # read it first; it may be run again, and passes over what is there',
    ),
    ...afterImages(env).flatMap(deploy),
    'Flux comes up with the cluster and pulls the controllers, then pools and queues, then tenants. ' +
      `${env.alertEmail} gets one mail per account that asks to confirm the subscription; alarms reach nobody before that.`,
  ].join('\n\n');
}

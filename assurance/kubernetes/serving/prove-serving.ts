import type { Environment } from '../../../schema/model';
import { clusterObjectNames } from '../../../schema/names';
import { placeModels, type Server } from '../../../schema/placement/place';
import type { Finding } from '../../finding';
import { at, isValues } from '../../output/values';
import { comparedTo } from '../allowed';
import { type KubernetesObject, nameOf } from '../objects/kubernetes-object';
import { finding } from '../way';
import { allowedWorkloads, type AllowedWorkload } from './allowed-workloads';
import { proveRouterConfiguration } from './router-configuration';
import { proveServerConfiguration } from './server-configuration';

const NAMESPACE = clusterObjectNames.servingNamespace;
/** Kinds that make a pod or decide how many there are. */
const WORKLOADS = [
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ScaledJob',
  'ScaledObject',
  'StatefulSet',
];

/**
 * What runs in the namespace of the router and of the model servers: their pods and no others, each as its own account, and whose models each is told
 * of. A server reads what its role names, and its role is proven by IAM; here it is proven that no pod is another server than it says.
 */
export function proveServing(environment: Environment, objects: readonly KubernetesObject[]): readonly Finding[] {
  const own = objects.filter(({ metadata }) => metadata.namespace === NAMESPACE);
  const { servers } = placeModels(environment, environment.placement);
  // Without serving pools no pod may be there, whatever door leads to them.
  if (environment.servingPools.length === 0) return proveWorkloads(environment, own, []);
  return [...proveWorkloads(environment, own, servers), ...proveConfigurations(environment, own, servers)];
}

function proveWorkloads(
  environment: Environment,
  own: readonly KubernetesObject[],
  servers: readonly Server[],
): Finding[] {
  const allowed = allowedWorkloads(environment, servers);
  const found = own.filter(({ kind }) => WORKLOADS.includes(kind));
  const named = (one: AllowedWorkload, { kind, metadata }: KubernetesObject): boolean =>
    one.kind === kind && one.name === metadata.name;
  return [
    ...found.flatMap((object): readonly Finding[] => {
      const subject = `production: ${nameOf(object)}`;
      const expected = allowed.find((one) => named(one, object));
      if (expected === undefined)
        return [
          finding('open', subject, `a pod beside the model servers: got open, expected the router and servers only`),
        ];
      return comparedTo(expected.allowed, { labels: object.metadata.labels, spec: object['spec'] }, subject, 'serving');
    }),
    ...allowed
      .filter((one) => one.always && environment.servingPools.length > 0 && !found.some((object) => named(one, object)))
      .map(({ kind, name }) =>
        finding(
          'closed',
          `production: ${kind} ${NAMESPACE}/${name}`,
          'tenants ask the router: got closed, expected open; there is no such object',
        ),
      ),
    // A server whose number nobody decides runs always, and one that nobody runs is scaled for nothing.
    ...found.flatMap(({ kind, metadata: { name } }) => {
      const other = kind === 'ScaledObject' ? 'Deployment' : 'ScaledObject';
      const isServer = servers.some(({ id }) => id === name);
      return !isServer || found.some((each) => each.kind === other && each.metadata.name === name)
        ? []
        : [
            finding(
              'closed',
              `production: ${kind} ${NAMESPACE}/${name}`,
              `serving: got no ${other} of that name, expected one`,
            ),
          ];
    }),
  ];
}

/** Every ConfigMap that a workload mounts, read as what it tells. */
function proveConfigurations(
  environment: Environment,
  own: readonly KubernetesObject[],
  servers: readonly Server[],
): Finding[] {
  const maps = own.filter(({ kind }) => kind === 'ConfigMap');
  const deployments = own.filter(({ kind }) => kind === 'Deployment');
  const running = servers.filter(({ id }) => deployments.some(({ metadata }) => metadata.name === id));
  const mountedBy = (name: string): KubernetesObject | undefined =>
    maps.find(({ metadata }) => metadata.name === mountedIn(deployments, name));
  const read = (name: string, prove: (value: unknown, subject: string) => readonly Finding[]): readonly Finding[] => {
    const map = mountedBy(name);
    const subject = map === undefined ? `production: ConfigMap of ${name}` : `production: ${nameOf(map)}`;
    const value = map === undefined ? undefined : jsonOf(at(map, 'data'), 'config.json');
    return value === undefined
      ? [finding('not-understood', subject, 'got no data with one config.json, allowed JSON; run the synth again')]
      : prove(value, subject);
  };
  return [
    ...read(clusterObjectNames.router, (value, subject) =>
      proveRouterConfiguration(environment, running, value, subject),
    ),
    ...running.flatMap((server) =>
      read(server.id, (value, subject) => proveServerConfiguration(environment, server, value, subject)),
    ),
  ];
}

const mountedIn = (deployments: readonly KubernetesObject[], name: string): string | undefined => {
  const deployment = deployments.find(({ metadata }) => metadata.name === name);
  const found = at(deployment, 'spec.template.spec.volumes');
  const volumes = Array.isArray(found) ? (found as readonly unknown[]) : [];
  const map = volumes.map((volume) => at(volume, 'configMap.name')).find((each) => typeof each === 'string');
  return typeof map === 'string' ? map : undefined;
};

function jsonOf(data: unknown, key: string): unknown {
  const text = isValues(data) && Object.keys(data).length === 1 ? data[key] : undefined;
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

import { labels as labelNames, teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { finding } from '../way';

/**
 * The one Service of a team, by which the pods of a training find each other: headless, of its own pods, and no name for anything
 * else. An ExternalName, an external address or a port on the nodes is a way to or from elsewhere.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname (2026-11-26)
 */
export function teamServiceFaults(team: string, service: KubernetesObject): readonly Finding[] {
  const subject = `research: ${nameOf(service)}`;
  const owner = `team ${team}`;
  const open = (what: string): Finding => finding('open', subject, `${owner}: ${what}`);
  try {
    const spec = Reader.of(subject, 'service', service)
      .only('apiVersion', 'kind', 'metadata', 'spec')
      .object('spec')
      .only('type', 'externalName', 'clusterIP', 'publishNotReadyAddresses', 'selector');
    const type = spec.optionalText('type') ?? 'ClusterIP';
    const written = (key: string): string => (spec.has(key) ? JSON.stringify(spec.value[key]) : 'nothing');
    const own = JSON.stringify({ [labelNames.team]: team });
    return [
      ...(service.metadata.name === teamNames.workersService
        ? []
        : [open(`got a Service ${service.metadata.name}, allowed ${teamNames.workersService} only`)]),
      ...(type === 'ClusterIP' && !spec.has('externalName')
        ? []
        : [
            open(
              `its Service is a name for elsewhere: spec.type: got ${type} ${spec.optionalText('externalName') ?? ''}, allowed ClusterIP`,
            ),
          ]),
      ...(spec.value['clusterIP'] === 'None'
        ? []
        : [open(`spec.clusterIP: got ${written('clusterIP')}, allowed None`)]),
      ...(written('selector') === own
        ? []
        : [open(`its Service leads to other pods: spec.selector: got ${written('selector')}, allowed ${own}`)]),
      ...Object.keys(service.metadata.annotations ?? {}).map((key) =>
        open(`got the annotation ${key}, allowed none; controllers publish a Service by them`),
      ),
    ];
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return [finding('not-understood', subject, `${owner}: ${error.message}`)];
  }
}

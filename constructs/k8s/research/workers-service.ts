import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { labels } from '../../../schema/names';
import { object, type KubernetesObject, type ObjectMeta } from '../object';

interface HeadlessService extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Service';
  readonly spec: {
    readonly clusterIP: 'None';
    readonly publishNotReadyAddresses: true;
    readonly selector: Readonly<Record<string, string>>;
  };
}

/**
 * The one headless Service of a team: pods of an indexed Job that name it as their `subdomain` find each other as
 * `<job>-<index>.workers`, before they are ready, since torchrun meets first. People make no Service of their own.
 */
export function workersService(scope: Construct, metadata: ObjectMeta, teamId: string): ApiObject {
  return object<HeadlessService>(scope, `service-${metadata.name}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { [labels.team]: teamId } },
  });
}

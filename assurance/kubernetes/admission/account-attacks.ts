import type { Fields } from '../objects/kubernetes-object';
import type { Way } from '../way';
import { type Attempt, rightsLock } from './court';
import type { Identity } from './identities';
import type { Battlefield } from './pod-attacks';
import { container } from './pods';
import { shapes } from './shapes';

const ON_A_NODE: Fields = { target: { kind: 'Node', name: 'a-node' } };
const CREATED = [
  ['asks for a token of a service account', 'serviceaccounts/token', 'token requests', { metadata: {} }],
  ['puts a pod on a node by a Binding', 'pods/binding', 'bindings', ON_A_NODE],
  ['puts a pod on a node by an old Binding', 'bindings', 'bindings', ON_A_NODE],
] as const;

/**
 * Tokens of the namespace's accounts, which are all that their rights need, bindings, which skip the scheduler, and containers that are
 * put into a running pod.
 * @param pod an honest one of the namespace
 */
export function accountAttacks(
  { court, grants, namespace, owner }: Battlefield,
  intruders: readonly (readonly [string, Identity])[],
  pod: Fields,
): readonly Way[] {
  const foreign = shapes.pod.around({ ...pod, ephemeralContainers: [container('docker.io/library/busybox:1')] }, {});
  const core = { group: '', version: 'v1', namespace } as const;
  return intruders.flatMap(([who, by]) => {
    const way = (does: string, lock: string, write: Attempt): Way => ({
      subject: `${court.cluster}: ${namespace.name}`,
      what: `${owner}: ${who} ${does}`,
      locks: [rightsLock(grants, write), court.lock(lock, write)],
    });
    return [
      ...CREATED.map(([does, resource, lock, object]) =>
        way(does, lock, { ...core, by, operation: 'CREATE', resource, object }),
      ),
      way('puts a container with an image from elsewhere into a running pod', 'ephemeral containers', {
        ...core,
        by,
        operation: 'UPDATE',
        resource: 'pods/ephemeralcontainers',
        object: foreign,
      }),
    ];
  });
}

import { clusterObjectNames, controllerNames, LABEL_PREFIX } from '../../../schema/names';
import type { Fields, Labels } from '../objects/kubernetes-object';
import type { Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { type Identity, identities, person } from './identities';
import type { Battlefield } from './pod-attacks';

const POD_SECURITY = 'pod-security.kubernetes.io/';

/**
 * Labels of the namespace, from which every other policy takes the tenant or the team: changed, taken away, or gone with the
 * namespace.
 */
export function namespaceAttacks(field: Battlefield, more: readonly (readonly [string, Identity])[]): readonly Way[] {
  const { court, grants, namespace, owner } = field;
  const { name, labels } = namespace;
  const own = Object.keys(labels).filter((key) => key.startsWith(LABEL_PREFIX));
  const security = Object.keys(labels).filter((key) => key.startsWith(POD_SECURITY));
  const object = (given: Labels): Fields => ({ metadata: { name, labels: given } });
  const without = (keys: readonly string[]): Labels =>
    Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));
  const changes: readonly (readonly [string, Attempt['operation'], Fields | null, Fields | undefined])[] = [
    ...own.flatMap((key): (readonly [string, Attempt['operation'], Fields, Fields])[] => [
      [`changes label ${key} of ${name}`, 'UPDATE', object({ ...labels, [key]: 'other' }), object(labels)],
      [`takes label ${key} from ${name}`, 'UPDATE', object(without([key])), object(labels)],
    ]),
    [
      `lowers the Pod Security of ${name}`,
      'UPDATE',
      object({ ...labels, [`${POD_SECURITY}enforce`]: 'privileged' }),
      object(labels),
    ],
    [`takes the Pod Security from ${name}`, 'UPDATE', object(without(security)), object(labels)],
    [`deletes ${name}`, 'DELETE', null, object(labels)],
    [`makes another namespace of the same owner as ${name}`, 'CREATE', object(without(security)), undefined],
    [
      `makes a namespace without Pod Security beside ${name}`,
      'CREATE',
      object({ [`${POD_SECURITY}enforce`]: 'privileged' }),
      undefined,
    ],
  ];
  const intruders: readonly (readonly [string, Identity])[] = [
    ['a viewer', person('viewer@example.com', clusterObjectNames.viewersGroup)],
    ...more,
  ];
  const write = (by: Identity, [, operation, given, oldObject]: (typeof changes)[number]): Attempt => ({
    by,
    operation,
    group: '',
    version: 'v1',
    resource: 'namespaces',
    object: given,
    ...(oldObject === undefined ? {} : { oldObject }),
  });
  const way = (who: string, what: string, locks: Way['locks']): Way => ({
    subject: `${court.cluster}: ${name}`,
    what: `${owner}: ${who} ${what}`,
    locks,
  });
  return changes.flatMap((change) => [
    ...intruders.map(([who, by]) =>
      way(who, change[0], [rightsLock(grants, write(by, change)), court.lock('namespaces', write(by, change))]),
    ),
    // Its rights come with EKS and are not in the output; Pod Security of its own namespaces is its business.
    ...(change[0].includes('Pod Security')
      ? []
      : [way("EKS's add-on manager", change[0], [court.lock('namespaces', write(identities.addOnManager, change))])]),
  ]);
}

/** What has to work: Flux keeps the namespace, the scheduler binds, kubelets get tokens. Each with what refuses it, if anything does. */
export function controllerWays({
  court,
  namespace,
}: Battlefield): readonly (readonly [what: string, refused: string | undefined])[] {
  const core = { group: '', version: 'v1', operation: 'CREATE' } as const;
  const object = { metadata: { name: namespace.name, labels: namespace.labels } };
  return [
    [
      `${controllerNames.flux.kustomize} makes namespace ${namespace.name}`,
      court.refused({ ...core, by: identities.flux, resource: 'namespaces', object }),
    ],
    [
      `the scheduler binds a pod in ${namespace.name}`,
      court.refused({ ...core, by: identities.scheduler, resource: 'pods/binding', namespace, object: {} }),
    ],
    [
      `a kubelet gets a token for a pod in ${namespace.name}`,
      court.refused({ ...core, by: identities.kubelet, resource: 'serviceaccounts/token', namespace, object: {} }),
    ],
  ];
}

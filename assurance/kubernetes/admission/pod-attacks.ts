import type { Fields } from '../objects/kubernetes-object';
import type { Grant } from '../rbac/grants';
import type { Lock, Way } from '../way';
import { type Attempt, type Court, type Namespace, rightsLock } from './court';
import { type Identity, identities } from './identities';
import { OTHER_SHAPES, type Shape, shapes } from './shapes';
import type { Variation } from './variations';

/** Who starts pods in a namespace, and through what. */
export interface Entrance {
  /** Whoever lawfully writes the shape. */
  readonly by: Identity;
  readonly shape: Shape;
  /** Fields that the object has beside its pod. @default none */
  readonly more?: Fields;
  readonly labels?: Fields;
  /** What it makes before there is a pod, and as whom. @default - its controller makes pods at once */
  readonly then?: { readonly by: Identity; readonly shape: Shape };
}

/** What every attack of a room has in common. */
export interface Battlefield {
  readonly court: Court;
  readonly grants: readonly Grant[];
  readonly namespace: Namespace;
  /** Whose pods they are: `tenant acme`. */
  readonly owner: string;
}

const attempt = (
  by: Identity,
  shape: Shape,
  namespace: Namespace,
  object: Fields,
  operation: Attempt['operation'],
): Attempt => ({
  by,
  operation,
  group: shape.group,
  version: shape.version,
  resource: shape.resource,
  namespace,
  object,
});

/** The pod that comes of it in the end, made by a controller of Kubernetes. */
function podLock({ court, namespace }: Battlefield, by: Identity, pod: Fields): Lock {
  return court.lock('Pods', attempt(by, shapes.pod, namespace, shapes.pod.around(pod, {}), 'CREATE'));
}

/**
 * A pod that asks for what it may not have, through each kind of object that makes pods: judged at each step of the way to the pod,
 * when it is made and when it is changed.
 */
export function podAttacks(
  field: Battlefield,
  entrances: readonly Entrance[],
  honest: Fields,
  variation: Variation,
): readonly Way[] {
  const { court, grants, namespace, owner } = field;
  const { what, change, podsOnly, onlyWhenMade } = variation;
  const pod = change(honest);
  const subject = `${court.cluster}: ${namespace.name}`;
  const way = (shape: Shape, how: string, locks: readonly Lock[]): Way => ({
    subject,
    what: `${owner}: a pod that ${what}, by a ${shape.kind} ${how}`,
    locks,
  });
  const ofJob = podLock(field, identities.jobController, pod);
  const lawful = entrances.flatMap(({ by, shape, more, labels = {}, then }) => {
    const object = shape.around(pod, labels, more);
    const later: Lock[] =
      then === undefined || podsOnly === true
        ? []
        : [
            court.lock(
              `${then.shape.kind}s`,
              attempt(then.by, then.shape, namespace, then.shape.around(pod, labels, {}), 'CREATE'),
            ),
          ];
    return (['CREATE', 'UPDATE'] as const).map((operation) =>
      way(shape, operation === 'CREATE' ? 'that is made' : 'that is changed', [
        ...(podsOnly === true ? [] : [court.lock(`${shape.kind}s`, attempt(by, shape, namespace, object, operation))]),
        ...later,
        ofJob,
      ]),
    );
  });
  if (podsOnly === true) return lawful;
  const [first] = entrances;
  if (first === undefined) return [];
  const ofReplicaSet = podLock(field, identities.replicaSetController, pod);
  const unlawful = OTHER_SHAPES.flatMap((shape) => {
    const object = shape.around(pod, first.labels ?? {}, {});
    return (['CREATE', 'UPDATE'] as const).map((operation) => {
      const made = attempt(first.by, shape, namespace, object, operation);
      return way(shape, operation === 'CREATE' ? 'that is made' : 'that is changed', [
        rightsLock(grants, made),
        court.lock(`${shape.kind}s`, made),
        shape === shapes.cronJob ? ofJob : ofReplicaSet,
      ]);
    });
  });
  if (onlyWhenMade === true) return [...lawful, ...unlawful];
  const changed = attempt(first.by, shapes.pod, namespace, shapes.pod.around(pod, {}), 'UPDATE');
  return [
    ...lawful,
    ...unlawful,
    way(shapes.pod, 'that is changed', [rightsLock(grants, changed), court.lock('Pods', changed)]),
  ];
}

/** Whether a pod that asks for nothing more is let through at each step; what refuses it, if not. */
export function honestWay(
  { court, namespace }: Battlefield,
  { by, shape, more, labels = {}, then }: Entrance,
  pod: Fields,
): string | undefined {
  const made = (author: Identity, each: Shape, object: Fields): readonly [string, Attempt] => [
    each.kind,
    attempt(author, each, namespace, object, 'CREATE'),
  ];
  return refusedStep(court, [
    made(by, shape, shape.around(pod, labels, more)),
    ...(then === undefined ? [] : [made(then.by, then.shape, then.shape.around(pod, labels, {}))]),
    made(identities.jobController, shapes.pod, shapes.pod.around(pod, {})),
  ]);
}

/** What refuses the first of some attempts that is refused, each with its kind; undefined where all are let through. */
export function refusedStep(court: Court, steps: readonly (readonly [kind: string, Attempt])[]): string | undefined {
  for (const [kind, step] of steps) {
    const refused = court.refused(step);
    if (refused !== undefined) return `${kind} is refused by ${refused}`;
  }
  return undefined;
}

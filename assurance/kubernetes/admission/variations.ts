import { labels as labelNames } from '../../../schema/names';
import type { Fields } from '../objects/kubernetes-object';
import { container, SYSTEM_POOL } from './pods';

/** A pod that asks for one thing that it may not have. */
export interface Variation {
  /** What it does, after `a pod that`. */
  readonly what: string;
  readonly change: (pod: Fields) => Fields;
  /** Pod Security judges pods only; admission policies judge every kind that makes pods. @default false */
  readonly podsOnly?: true;
  /** A pod that runs has one, so that an update of it is not judged. @default false */
  readonly onlyWhenMade?: true;
}

const ELSEWHERE = 'docker.io/library/busybox:1';

const merged = (more: Fields) => (pod: Fields) => ({ ...pod, ...more });
const without = (key: string) => (pod: Fields) =>
  Object.fromEntries(Object.entries(pod).filter(([each]) => each !== key));
const withToleration = (toleration: Fields) => (pod: Fields) => ({
  ...pod,
  tolerations: [...((pod['tolerations'] ?? []) as readonly Fields[]), toleration],
});
const token = (source: Fields) =>
  merged({ volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 't', ...source } }] } }] });
const inContainer = (more: Fields) => (pod: Fields) => ({
  ...pod,
  containers: (pod['containers'] as readonly Fields[]).map((each) => ({
    ...each,
    ...more,
    securityContext: { ...(each['securityContext'] as Fields), ...((more['securityContext'] ?? {}) as Fields) },
  })),
});

const PLACES: readonly Variation[] = [
  { what: 'names no node selector', change: (pod) => without('tolerations')(without('nodeSelector')(pod)) },
  { what: 'names its node itself', change: merged({ nodeName: 'a-node' }), onlyWhenMade: true },
  {
    what: 'has an affinity to nodes',
    change: merged({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } } },
    }),
  },
  { what: 'tolerates every taint', change: withToleration({ operator: 'Exists' }) },
  { what: 'tolerates the taint of every pool', change: withToleration({ key: labelNames.pool, operator: 'Exists' }) },
  { what: 'tolerates the taint of another pool', change: withToleration({ key: labelNames.pool, value: 'another' }) },
  {
    what: 'tolerates a taint of the platform',
    change: withToleration({ key: 'CriticalAddonsOnly', operator: 'Exists' }),
  },
  { what: 'brings its own scheduler', change: merged({ schedulerName: 'made-up' }) },
  { what: 'claims a device past the quota', change: merged({ resourceClaims: [{ name: 'gpu' }] }) },
  { what: 'evicts the controllers', change: merged({ priorityClassName: 'system-node-critical' }) },
];

const IMAGES: readonly Variation[] = [
  { what: 'runs an image from elsewhere', change: inContainer({ image: ELSEWHERE }) },
  { what: 'begins with an image from elsewhere', change: merged({ initContainers: [container(ELSEWHERE)] }) },
  {
    what: 'mounts an image from elsewhere',
    change: merged({ volumes: [{ name: 'code', image: { reference: ELSEWHERE } }] }),
  },
];

const IDENTITIES: readonly Variation[] = [
  { what: 'names no service account', change: without('serviceAccountName') },
  { what: 'runs as the account default', change: merged({ serviceAccountName: 'default' }) },
  { what: 'runs as an account that is not for pods', change: merged({ serviceAccountName: 'reconciler' }) },
  { what: 'leaves the token for the API server mounted', change: without('automountServiceAccountToken') },
  { what: 'mounts a token for the API server', change: merged({ automountServiceAccountToken: true }) },
  { what: 'projects a token for the API server', change: token({}) },
  { what: 'projects a token for STS', change: token({ audience: 'sts.amazonaws.com' }) },
];

const HOST: readonly Variation[] = (
  [
    ['shares the network of its node', merged({ hostNetwork: true })],
    ['sees the processes of its node', merged({ hostPID: true })],
    ['shares the memory of its node', merged({ hostIPC: true })],
    ['mounts the disk of its node', merged({ volumes: [{ name: 'disk', hostPath: { path: '/' } }] })],
    ['is privileged', inContainer({ securityContext: { privileged: true } })],
    ['may gain privileges', inContainer({ securityContext: { allowPrivilegeEscalation: true } })],
    ['runs as root', merged({ securityContext: { runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } } })],
    ['listens on its node', inContainer({ ports: [{ containerPort: 80, hostPort: 80 }] })],
  ] as const
).map(([what, change]) => ({ what, change, podsOnly: true }));

/** What no pod of a tenant or a team may ask for, wherever it runs. */
export const COMMON_VARIATIONS: readonly Variation[] = [...PLACES, ...IMAGES, ...IDENTITIES, ...HOST];

/** Nodes that need no toleration. */
export const CONTROLLERS_NODES: Fields = { nodeSelector: { [labelNames.pool]: SYSTEM_POOL }, tolerations: [] };

/** Pods that ask for nodes that are not theirs. */
export const placedElsewhere = (what: string, placement: Fields): Variation => ({ what, change: merged(placement) });

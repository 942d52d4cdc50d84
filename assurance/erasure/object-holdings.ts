import { labels, tenantNames } from '../../schema/names';
import { TENANT } from '../output/placed-objects';
import { at, isValues, listOf, shown, type Values } from '../output/values';
import type { FindingKind } from '../finding';
import type { Ending } from './coverage';
import { POD_TEMPLATES, podVolumes } from './pod-volumes';

/** What one object holds. */
export interface ObjectVerdict {
  /** Why it holds none. */
  readonly empty?: string;
  readonly holding?: { readonly holds: string; readonly endings: readonly Ending[] };
  readonly faults: readonly { readonly kind: FindingKind; readonly message: string }[];
}

const none = (because: string) => (): ObjectVerdict => ({ empty: because, faults: [] });
const RIGHTS = none('rights and names, no data');
const LIMITS = none('limits, queues and classes, no data');
const SETTINGS = none('settings from the environment, rendered and reviewed');
const PULLS = none('says what Flux pulls: rendered objects and charts');

/** @param owned whether it is in a tenant's file */
type JudgeObject = (shape: Values, owned: boolean) => ObjectVerdict;

/** Every kind of object that a chart may render. A kind that is missing is a finding, like a type of resource. */
const OBJECT_JUDGES: Readonly<Record<string, JudgeObject>> = {
  ConfigMap: (shape) =>
    shape['binaryData'] === undefined
      ? SETTINGS()
      : { faults: [{ kind: 'not-understood', message: 'binaryData: got bytes, expected settings as text' }] },
  Secret: () => ({
    faults: [
      {
        kind: 'not-understood',
        message:
          'got a Secret among rendered objects, expected none: it would lie in the delivery bucket and in reviews',
      },
    ],
  }),
  Namespace: RIGHTS,
  ServiceAccount: RIGHTS,
  Service: none('addresses, no data'),
  LimitRange: LIMITS,
  ResourceQuota: LIMITS,
  PersistentVolumeClaim: judgeClaim,
  PersistentVolume: judgeVolume,
  'storage.k8s.io/StorageClass': (shape) =>
    at(shape, 'reclaimPolicy') === 'Retain' ? { faults: [retained('reclaimPolicy')] } : LIMITS(),
  'networking.k8s.io/NetworkPolicy': RIGHTS,
  'rbac.authorization.k8s.io/ClusterRole': RIGHTS,
  'rbac.authorization.k8s.io/ClusterRoleBinding': RIGHTS,
  'rbac.authorization.k8s.io/Role': RIGHTS,
  'rbac.authorization.k8s.io/RoleBinding': RIGHTS,
  'scheduling.k8s.io/PriorityClass': LIMITS,
  'policy/PodDisruptionBudget': LIMITS,
  'autoscaling/HorizontalPodAutoscaler': LIMITS,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': RIGHTS,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': RIGHTS,
  'kueue.x-k8s.io/ClusterQueue': LIMITS,
  'kueue.x-k8s.io/Cohort': LIMITS,
  'kueue.x-k8s.io/LocalQueue': LIMITS,
  'kueue.x-k8s.io/ResourceFlavor': LIMITS,
  'kueue.x-k8s.io/WorkloadPriorityClass': LIMITS,
  'keda.sh/ScaledObject': LIMITS,
  'keda.sh/TriggerAuthentication': SETTINGS,
  'helm.toolkit.fluxcd.io/HelmRelease': SETTINGS,
  'kustomize.toolkit.fluxcd.io/Kustomization': PULLS,
  'source.toolkit.fluxcd.io/Bucket': PULLS,
  'source.toolkit.fluxcd.io/OCIRepository': PULLS,
  'karpenter.k8s.aws/EC2NodeClass': judgeNodeClass,
  'karpenter.sh/NodePool': judgeNodePool,
  ...Object.fromEntries(Object.keys(POD_TEMPLATES).map((type) => [type, judgeWorkload(type)])),
};

/** @param type API group and kind */
export function judgeObject(type: string, shape: Values, owned: boolean): ObjectVerdict {
  const judge = OBJECT_JUDGES[type];
  if (judge !== undefined) return judge(shape, owned);
  const message = `kind: got ${type}, expected one of assurance/erasure/object-holdings.ts; say there what it holds`;
  return { faults: [{ kind: 'not-understood', message }] };
}

const retained = (field: string) =>
  ({ kind: 'unnamed', message: `${field}: got Retain, expected Delete: the volume outlives its claim` }) as const;

/** Whose pods an object holds data of must show on it: of a tenant, by its label and its namespace. */
function unnamed(shape: Values, owned: boolean): ObjectVerdict['faults'] {
  if (!owned) return [];
  const label = isValues(at(shape, 'metadata.labels'))
    ? (at(shape, 'metadata.labels') as Values)[labels.tenant]
    : undefined;
  const namespace = at(shape, 'metadata.namespace');
  const faults: ObjectVerdict['faults'][number][] = [];
  if (label !== TENANT)
    faults.push({ kind: 'unnamed', message: `label ${labels.tenant}: got ${shown(label)}, expected the tenant's id` });
  if (namespace !== tenantNames.namespace(TENANT))
    faults.push({ kind: 'unnamed', message: `namespace: got ${shown(namespace)}, expected the tenant's own` });
  return faults;
}

function judgeWorkload(type: string): JudgeObject {
  return (shape, owned) => {
    const { endings, faults } = podVolumes(at(shape, POD_TEMPLATES[type] ?? ''));
    const claims = listOf(at(shape, 'spec.volumeClaimTemplates'));
    const kept = claims.length === 0 ? [] : [claimOutside];
    return {
      holding: { holds: 'what its pods have in hand', endings },
      faults: [...faults, ...kept, ...unnamed(shape, owned)],
    };
  };
}

const claimOutside = {
  kind: 'unnamed',
  message: 'got a volume that outlives its pods, expected emptyDir: nobody erases it for one tenant alone',
} as const;

/** A claim goes with its namespace, which only a tenant's own is the tenant's. */
function judgeClaim(shape: Values, owned: boolean): ObjectVerdict {
  if (!owned) return { faults: [claimOutside] };
  return {
    holding: { holds: 'files of pods', endings: [{ by: 'owner', what: "the tenant's namespace" }] },
    faults: unnamed(shape, owned),
  };
}

function judgeVolume(shape: Values): ObjectVerdict {
  if (at(shape, 'spec.csi.driver') === 's3.csi.aws.com') return none('a mount of a bucket that is judged by itself')();
  return at(shape, 'spec.persistentVolumeReclaimPolicy') === 'Delete'
    ? { holding: { holds: 'files of pods', endings: [{ by: 'owner', what: 'its claim' }] }, faults: [] }
    : { faults: [retained('spec.persistentVolumeReclaimPolicy')] };
}

/** Images and scratch of whoever ran on a node lie on its volumes until the node goes. */
function judgeNodeClass(shape: Values): ObjectVerdict {
  const mappings = listOf(at(shape, 'spec.blockDeviceMappings'));
  const faults = mappings.flatMap((mapping): ObjectVerdict['faults'] => {
    const device = shown(at(mapping, 'deviceName'));
    if (at(mapping, 'ebs.deleteOnTermination') === true) return [];
    return [
      {
        kind: 'unnamed',
        message: `volume ${device}: got one that outlives its node, expected deleteOnTermination true`,
      },
    ];
  });
  const none = mappings.length === 0;
  if (none)
    faults.push({
      kind: 'not-understood',
      message: 'blockDeviceMappings: got none, expected volumes that go with the node',
    });
  return {
    holding: {
      holds: 'scratch of pods and images, on the volumes of nodes',
      endings: [{ by: 'owner', what: 'the node' }],
    },
    faults,
  };
}

/** A node must go: when it is empty, and at the latest when it is too old. */
function judgeNodePool(shape: Values): ObjectVerdict {
  const faults: ObjectVerdict['faults'][number][] = [];
  const age = at(shape, 'spec.template.spec.expireAfter');
  const drain = at(shape, 'spec.template.spec.terminationGracePeriod');
  const hours = [age, drain].map((value) => /^(\d+)h$/.exec(String(value))?.[1]);
  if (hours.includes(undefined)) {
    const got = `expireAfter ${shown(age)} and terminationGracePeriod ${shown(drain)}`;
    faults.push({
      kind: 'unnamed',
      message: `got ${got}, expected hours for both: a node that never goes keeps its scratch`,
    });
  }
  const days = Math.ceil(hours.reduce((sum, value) => sum + Number(value ?? 0), 0) / 24);
  return faults.length > 0
    ? { faults }
    : {
        holding: { holds: 'nodes with what pods left on them', endings: [{ by: 'expiry', what: 'a node', days }] },
        faults,
      };
}

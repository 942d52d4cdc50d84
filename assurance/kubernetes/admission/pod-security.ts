import type { Fields } from '../objects/kubernetes-object';
import type { AdmissionRequest } from './request';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * Kinds of volumes that `restricted` allows. The standard does not name image volumes; counted as allowed, they need the platform's own
 * lock.
 */
const VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const fields = (value: unknown): Fields => (value ?? {}) as Fields;
const list = (value: unknown): readonly Fields[] => (value ?? []) as readonly Fields[];

/**
 * What the API server's Pod Security admission refuses in a namespace that enforces `restricted`. It judges pods only, so that a
 * controller's object passes and its pod does not.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted (2026-11-25)
 */
export function podSecurityFaults(request: AdmissionRequest): readonly string[] {
  const { namespace, group, resource, object } = request;
  if (group !== '' || !['pods', 'pods/ephemeralcontainers'].includes(resource) || object === null) return [];
  if (namespace?.labels[ENFORCE] !== 'restricted') return [];
  return restrictedFaults(fields(object['spec']));
}

function restrictedFaults(spec: Fields): string[] {
  const pod = fields(spec['securityContext']);
  const containers = [spec['containers'], spec['initContainers'], spec['ephemeralContainers']].flatMap(list);
  const faults = ['hostNetwork', 'hostPID', 'hostIPC'].filter((each) => spec[each] === true);
  for (const volume of list(spec['volumes']))
    for (const kind of Object.keys(volume)) if (kind !== 'name' && !VOLUMES.includes(kind)) faults.push(kind);
  for (const container of containers) {
    const own = fields(container['securityContext']);
    const capabilities = fields(own['capabilities']);
    const added = (capabilities['add'] ?? []) as readonly string[];
    if (own['privileged'] === true) faults.push('privileged');
    if (own['allowPrivilegeEscalation'] !== false) faults.push('allowPrivilegeEscalation');
    if (!((capabilities['drop'] ?? []) as readonly string[]).includes('ALL')) faults.push('capabilities');
    if (added.some((each) => each !== 'NET_BIND_SERVICE')) faults.push('capabilities');
    if ((own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true) faults.push('runAsNonRoot');
    if ((own['runAsUser'] ?? pod['runAsUser']) === 0) faults.push('runAsUser');
    const seccomp = fields(own['seccompProfile'] ?? pod['seccompProfile'])['type'];
    if (seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost') faults.push('seccompProfile');
    if (list(container['ports']).some((port) => port['hostPort'] !== undefined)) faults.push('hostPort');
  }
  return faults;
}

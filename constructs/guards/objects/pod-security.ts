import type { Container, PodTemplate } from './pod-template';
import { child, children, type Json, type Report, shown } from './subject';

const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
const SECCOMP = new Set<unknown>(['RuntimeDefault', 'Localhost']);
/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted (2026-11-24) */
const VOLUME_KINDS = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** The fields of Pod Security `restricted`, and a service account that somebody chose. */
export function podSecurityFaults(pod: PodTemplate, containers: readonly Container[], report: Report): void {
  const path = `${pod.path}spec`;
  const account = pod.spec['serviceAccountName'];
  if (typeof account !== 'string' || account === '' || account === 'default') {
    report(`${path}.serviceAccountName: got ${shown(account)}, allowed a named service account; give the pod its own`);
  }
  for (const field of HOST_FIELDS) {
    if (pod.spec[field] === true) report(`${path}.${field}: got true, allowed false; remove it`);
  }
  for (const volume of children(pod.spec, 'volumes')) {
    for (const kind in volume) {
      if (kind !== 'name' && !VOLUME_KINDS.has(kind)) {
        report(`${path}.volumes: got a ${kind} volume, allowed those of Pod Security restricted; use another kind`);
      }
    }
  }
  const podContext = child(pod.spec, 'securityContext');
  for (const container of containers) containerFaults(podContext, container, report);
}

function containerFaults(podContext: Json, container: Container, report: Report): void {
  const path = `${container.path}.securityContext`;
  const own = child(container.spec, 'securityContext');
  const expect = (field: string, got: unknown, allowed: boolean): void => {
    if (got !== allowed) report(`${path}.${field}: got ${shown(got)}, allowed ${String(allowed)}; set it`);
  };
  expect('runAsNonRoot', own['runAsNonRoot'] ?? podContext['runAsNonRoot'], true);
  expect('allowPrivilegeEscalation', own['allowPrivilegeEscalation'], false);
  if (own['privileged'] !== undefined) expect('privileged', own['privileged'], false);
  for (const user of [own['runAsUser'], podContext['runAsUser']]) {
    if (user === 0) report(`${path}.runAsUser: got 0, allowed another user than root; choose one`);
  }
  const seccomp = ('seccompProfile' in own ? child(own, 'seccompProfile') : child(podContext, 'seccompProfile'))[
    'type'
  ];
  if (!SECCOMP.has(seccomp)) {
    report(`${path}.seccompProfile.type: got ${shown(seccomp)}, allowed RuntimeDefault; set it`);
  }
  const capabilities = child(own, 'capabilities');
  const drop = capabilities['drop'];
  if (!Array.isArray(drop) || !drop.includes('ALL')) {
    report(`${path}.capabilities.drop: got ${shown(drop)}, allowed ["ALL"]; drop all capabilities`);
  }
  const add = capabilities['add'];
  if (Array.isArray(add) && add.some((capability) => capability !== 'NET_BIND_SERVICE')) {
    report(`${path}.capabilities.add: got ${shown(add)}, allowed NET_BIND_SERVICE only; add none`);
  }
}

import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames, labels as labelNames, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, type Labels, nameOf, Reader } from '../objects/kubernetes-object';
import { namespaceFaults } from './namespace-object';
import { finding, type Lock, lock, openWay } from '../way';

const FLUX = controllerNames.flux.namespace;

/** Kinds of the platform's layer of a tenant. */
const KINDS: readonly string[] = [
  'LimitRange',
  'LocalQueue',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'ServiceAccount',
  'TriggerAuthentication',
];

/** What a namespace of the API server's carries besides the labels that are written. */
export const withName = (name: string, labels: Labels): Labels => ({ ...labels, 'kubernetes.io/metadata.name': name });

/**
 * The platform's layer of a tenant, which Flux applies with all its rights: its objects are the tenant's namespace and what is in it, and
 * the account of its own layer. No other.
 */
export function proveTenantNamespace(
  environment: Environment,
  { id, isolation, state }: Tenant,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  const home = tenantNames.namespace(id);
  const findings: Finding[] = [];
  for (const object of objects) {
    const { kind, metadata } = object;
    if (!KINDS.includes(kind))
      throw new NotUnderstood(
        `production: ${nameOf(object)}`,
        `got the kind ${kind}, allowed ${KINDS.join(', ')}; what it opens is not known here`,
      );
    const right =
      kind === 'Namespace'
        ? metadata.name === home
        : metadata.namespace === home ||
          (kind === 'ServiceAccount' && metadata.namespace === FLUX && metadata.name === tenantNames.reconciler(id));
    if (!right)
      findings.push(
        finding(
          'open',
          `production: ${nameOf(object)}`,
          `tenant ${id}: its files reach beyond ${home}, applied by Flux as itself: got open, expected closed`,
        ),
      );
  }
  const namespace = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === home);
  if (namespace === undefined)
    return [...findings, ...openWay(`production: ${home}`, `tenant ${id} has a namespace`, 'there is none')];
  findings.push(
    ...namespaceFaults(environment, 'production', `tenant ${id}`, namespace, {
      [labelNames.tenant]: id,
      [labelNames.isolation]: isolation,
    }),
  );
  return [...findings, ...accounts(id, home, objects), ...credentials(id, objects), ...quota(id, state, home, objects)];
}

/** Its accounts are there, hold no token by default, and none but those of its pods and its layer is. */
function accounts(id: string, home: string, objects: readonly KubernetesObject[]): Finding[] {
  const found = objects.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === home);
  const wanted: readonly string[] = TENANT_SERVICE_ACCOUNTS;
  return [
    ...wanted
      .filter((name) => !found.some(({ metadata }) => metadata.name === name))
      .flatMap((name) =>
        openWay(`production: ${home}`, `pods of tenant ${id} run as ${name}`, 'there is no such account'),
      ),
    ...found
      .filter(({ metadata }) => !wanted.includes(metadata.name))
      .map((each) =>
        finding(
          'open',
          `production: ${nameOf(each)}`,
          `tenant ${id}: got an account ${each.metadata.name}, expected ${wanted.join(', ')} only`,
        ),
      ),
    ...found.flatMap((each) => accountFaults(`tenant ${id}`, 'production', each)),
  ];
}

/** What an account of pods may not have: a token by default, another identity in AWS, Secrets. */
export function accountFaults(owner: string, cluster: string, object: KubernetesObject): Finding[] {
  const subject = `${cluster}: ${nameOf(object)}`;
  Reader.of(subject, 'serviceAccount', object).only('apiVersion', 'kind', 'metadata', 'automountServiceAccountToken');
  const role = Object.keys(object.metadata.annotations ?? {}).find((key) => key.startsWith('eks.amazonaws.com/'));
  return [
    ...(object['automountServiceAccountToken'] === false
      ? []
      : [
          finding(
            'one-lock-left',
            subject,
            `${owner}: a pod gets a token for the API server by default: got 1 of 2 locks, expected all; lost the account's automountServiceAccountToken: false; left admission of Pods`,
          ),
        ]),
    ...(role === undefined
      ? []
      : [
          finding(
            'open',
            subject,
            `${owner}: its pods take on another role in AWS: got the annotation ${role}, expected Pod Identity only`,
          ),
        ]),
  ];
}

/** KEDA asks queues as its own operator, by credentials that no layer of a tenant can write. */
function credentials(id: string, objects: readonly KubernetesObject[]): Finding[] {
  const found = objects.filter(({ kind }) => kind === 'TriggerAuthentication');
  const name = clusterObjectNames.sqsAuthentication;
  return [
    ...openWay(
      `production: ${tenantNames.namespace(id)}`,
      `KEDA asks the queues of tenant ${id}`,
      found.some(({ metadata }) => metadata.name === name) ? undefined : `there is no TriggerAuthentication ${name}`,
    ),
    ...found
      .filter((each) => JSON.stringify(each['spec']) !== '{"podIdentity":{"provider":"aws"}}')
      .map((each) =>
        finding(
          'open',
          `production: ${nameOf(each)}`,
          `tenant ${id}: KEDA uses other credentials than its own: got ${JSON.stringify(each['spec']).slice(0, 120)}, expected its operator's Pod Identity`,
        ),
      ),
  ];
}

function hard(objects: readonly KubernetesObject[]): Labels {
  const quotas = objects.filter(({ kind }) => kind === 'ResourceQuota');
  return Object.assign(
    {},
    ...quotas.map((each) => Reader.of(nameOf(each), 'quota', each).object('spec').only('hard').labels('hard')),
  ) as Labels;
}

/** A tenant that is not active runs nothing, whoever makes it. */
function quota(id: string, state: Tenant['state'], home: string, objects: readonly KubernetesObject[]): Finding[] {
  if (state === 'active') return [];
  const pods = hard(objects)['pods'];
  return pods === '0'
    ? []
    : [
        finding(
          'open',
          `production: ${home}`,
          `tenant ${id} is ${state} and its pods run: got a quota of ${pods ?? 'any number of'} pods, expected 0`,
        ),
      ];
}

/** Nothing of the tenant is there to be called: no Service, no quota for one, no port of a pod. */
export function listensLock(objects: readonly KubernetesObject[], workloads: readonly KubernetesObject[]): Lock {
  const name = 'nothing in its namespace listens';
  const service = [...objects, ...workloads].find(({ kind }) => kind === 'Service');
  if (service !== undefined) return lock(name, `${nameOf(service)} does`);
  const services = hard(objects)['services'];
  if (services !== '0') return lock(name, `its quota allows ${services ?? 'any number of'} Services`);
  const port = workloads.find((each) => JSON.stringify(each).includes('"containerPort"'));
  return lock(name, port === undefined ? undefined : `${nameOf(port)} has a port`);
}

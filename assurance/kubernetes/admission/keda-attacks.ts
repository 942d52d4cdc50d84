import type { Environment } from '../../../schema/model';
import { controllerNames, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { PIPELINES } from '../../../schema/vocabulary';
import type { Fields } from '../objects/kubernetes-object';
import { strangersOf } from '../objects/placeholder';
import type { Way } from '../way';
import { type Attempt, type Court, type Namespace, rightsLock } from './court';
import { identities } from './identities';
import type { Battlefield } from './pod-attacks';
import { honestPod, placed, poolsOf } from './pods';
import { shapes } from './shapes';
import { trigger } from './tenant-attacks';

const KEDA = { group: 'keda.sh', version: 'v1alpha1' } as const;
const OPERATIONS = ['CREATE', 'UPDATE'] as const;

/**
 * What a ScaledJob of the tenant may not ask of KEDA, which asks queues as itself. Its admission is the one lock: what KEDA's role may
 * ask of AWS, message counts only, bounds what is lost with it.
 */
export function triggerAttacks(
  environment: Environment,
  { court, owner, namespace }: Battlefield,
  tenant: Tenant,
): readonly Way[] {
  const [own] = poolsOf(environment, tenant);
  if (own === undefined) return [];
  const pod = honestPod(environment, 'production', 'pipeline', placed(own.pool.name, own.tenant));
  const queue = tenantNames.queueUrl(environment, tenant.id, PIPELINES[0]);
  const elsewhere = environment.region === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
  const cases: readonly (readonly [string, Fields])[] = [
    ...strangersOf(tenant.id).flatMap((stranger) =>
      PIPELINES.map((pipeline): readonly [string, Fields] => [
        `asks KEDA for the ${pipeline} queue of tenant ${stranger}`,
        { triggers: [trigger(environment, tenantNames.queueUrl(environment, stranger, pipeline))] },
      ]),
    ),
    ['starts by a queue that KEDA reads from a variable', { triggers: [withoutQueue(environment)] }],
    ['starts by another kind of trigger', { triggers: [trigger(environment, queue, { type: 'metrics-api' })] }],
    [
      "sends KEDA's credentials to another endpoint",
      { triggers: [trigger(environment, queue, {}, { awsEndpoint: 'https://example.com' })] },
    ],
    ['asks in another region', { triggers: [trigger(environment, queue, {}, { awsRegion: elsewhere })] }],
    [
      'brings credentials of its own',
      { triggers: [trigger(environment, queue, { authenticationRef: { name: 'other' } })] },
    ],
    [
      "uses every namespace's credentials",
      {
        triggers: [
          trigger(environment, queue, { authenticationRef: { name: 'sqs', kind: 'ClusterTriggerAuthentication' } }),
        ],
      },
    ],
    ['names no credentials', { triggers: [withoutCredentials(environment, queue)] }],
    ['keeps a machine for ever', { triggers: [trigger(environment, queue)], minReplicaCount: 1 }],
  ];
  return cases.flatMap(([what, more]) =>
    OPERATIONS.map((operation): Way => {
      const write: Attempt = {
        by: identities.reconciler(tenant.id),
        operation,
        ...KEDA,
        resource: 'scaledjobs',
        namespace,
        object: shapes.scaledJob.around(pod, {}, more),
      };
      return {
        subject: `production: ${namespace.name}`,
        what: `${owner}: a ScaledJob that ${what} (${operation})`,
        locks: [court.lock('ScaledJobs', write)],
      };
    }),
  );
}

function withoutQueue(environment: Environment): Fields {
  const { metadata, ...rest } = trigger(environment, '') as { metadata: Fields };
  return { ...rest, metadata: { awsRegion: metadata['awsRegion'], queueURLFromEnv: 'QUEUE' } };
}

function withoutCredentials(environment: Environment, queue: string): Fields {
  return Object.fromEntries(Object.entries(trigger(environment, queue)).filter(([key]) => key !== 'authenticationRef'));
}

/** Fields of a TriggerAuthentication by which KEDA reads credentials elsewhere. */
export const CREDENTIAL_FIELDS: readonly string[] = [
  'secretTargetRef',
  'configMapTargetRef',
  'env',
  'filePath',
  'hashiCorpVault',
  'azureKeyVault',
  'gcpSecretManager',
  'awsSecretManager',
  'boundServiceAccountToken',
];

const AUTHENTICATIONS: readonly (readonly [string, Fields])[] = [
  ['has KEDA assume a role', { podIdentity: { provider: 'aws', roleArn: 'made-up' } }],
  ["has KEDA assume the workload's role", { podIdentity: { provider: 'aws', identityOwner: 'workload' } }],
  ['has KEDA use another provider', { podIdentity: { provider: 'azure-workload' } }],
  ['names no identity', {}],
  ...CREDENTIAL_FIELDS.map((field): readonly [string, Fields] => [
    `has KEDA read ${field}`,
    { podIdentity: { provider: 'aws' }, [field]: [{}] },
  ]),
];

/** Credentials and scalers of KEDA that nobody of a tenant may write; RBAC forbids them as well. */
export function authenticationAttacks(
  { court, grants, owner, namespace }: Battlefield,
  tenant: Tenant,
): readonly Way[] {
  const by = identities.reconciler(tenant.id);
  const cases: readonly (readonly [string, string, Fields])[] = [
    ...AUTHENTICATIONS.map(
      ([what, spec]) => [`a TriggerAuthentication that ${what}`, 'triggerauthentications', spec] as const,
    ),
    ['a ScaledObject, which ends work in flight', 'scaledobjects', { scaleTargetRef: { name: 'made-up' } }],
  ];
  const inNamespace = cases.flatMap(([what, resource, spec]) =>
    OPERATIONS.map((operation): Way => {
      const write: Attempt = { by, operation, ...KEDA, resource, namespace, object: { metadata: {}, spec } };
      return {
        subject: `production: ${namespace.name}`,
        what: `${owner}: ${what} (${operation})`,
        locks: [rightsLock(grants, write), court.lock(resource, write)],
      };
    }),
  );
  const everywhere = OPERATIONS.map((operation): Way => {
    const object = { metadata: {}, spec: { podIdentity: { provider: 'aws' } } };
    const write: Attempt = { by, operation, ...KEDA, resource: 'clustertriggerauthentications', object };
    return {
      subject: `production: ${namespace.name}`,
      what: `${owner}: a ClusterTriggerAuthentication for all namespaces (${operation})`,
      locks: [rightsLock(grants, write), court.lock('ClusterTriggerAuthentications', write)],
    };
  });
  return [...inNamespace, ...everywhere];
}

/** A ScaledJob outside of tenants' namespaces, where no queue is the namespace's own. */
export function strayScaledJobs(environment: Environment, court: Court): readonly Way[] {
  const outside: readonly Namespace[] = [
    { name: 'default', labels: { 'kubernetes.io/metadata.name': 'default' } },
    { name: controllerNames.keda.namespace, labels: { 'kubernetes.io/metadata.name': controllerNames.keda.namespace } },
  ];
  const pod = honestPod(environment, 'production', 'pipeline', {});
  return outside.flatMap((namespace) =>
    [[], [trigger(environment, tenantNames.queueUrl(environment, 'zqother', PIPELINES[0]))]].map((triggers): Way => {
      const object = shapes.scaledJob.around(pod, {}, { triggers });
      const write: Attempt = {
        by: identities.flux,
        operation: 'CREATE',
        ...KEDA,
        resource: 'scaledjobs',
        namespace,
        object,
      };
      return {
        subject: `production: ${namespace.name}`,
        what: `a ScaledJob with ${triggers.length === 0 ? 'no trigger' : "a tenant's queue"} in namespace ${namespace.name}`,
        locks: [court.lock('ScaledJobs', write)],
      };
    }),
  );
}

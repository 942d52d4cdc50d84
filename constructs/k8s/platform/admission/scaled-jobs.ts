import type { Environment } from '../../../../schema/model';
import { clusterObjectNames, labels, tenantNames } from '../../../../schema/names';
import { PIPELINES } from '../../../../schema/vocabulary';
import type { KubernetesObject } from '../../object';
import { celList, celString, namespaceLabel } from './cel';
import { policy } from './policy';

const KEDA = { apiGroups: ['keda.sh'], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'] } as const;
/** What a trigger may say; `awsEndpoint` and `queueURLFromEnv` would lead KEDA's credentials elsewhere. */
const METADATA = ['queueURL', 'awsRegion', 'queueLength', 'activationQueueLength', 'scaleOnInFlight', 'scaleOnDelayed'];
const PLACEHOLDER = 'tenant-of-namespace';

/** The queues of the namespace's tenant, whole: a prefix of one tenant's id can be another tenant's. */
function queueUrls(env: Environment): string {
  const urls = PIPELINES.map((pipeline) => {
    const [before = '', after = ''] = tenantNames.queueUrl(env, PLACEHOLDER, pipeline).split(PLACEHOLDER);
    return `${celString(before)} + variables.tenant + ${celString(after)}`;
  });
  return `[${urls.join(', ')}]`;
}

/**
 * KEDA asks queues as its own operator, which may ask every tenant's. So a ScaledJob exists in tenants' namespaces only, has one
 * kind of trigger, and names a queue of its own tenant.
 */
export function scaledJobPolicies(env: Environment): readonly KubernetesObject[] {
  return [
    ...policy({
      env,
      name: 'scaledjob-triggers',
      rules: [{ ...KEDA, resources: ['scaledjobs'] }],
      variables: {
        tenant:
          `has(namespaceObject.metadata.labels) && ${celString(labels.tenant)} in namespaceObject.metadata.labels ? ` +
          `${namespaceLabel(labels.tenant)} : ''`,
        queues: queueUrls(env),
      },
      validations: [
        { expression: "variables.tenant != ''", message: "ScaledJobs exist in tenants' namespaces only" },
        {
          expression: "object.spec.triggers.all(t, t.type == 'aws-sqs-queue')",
          message: 'triggers: allowed aws-sqs-queue only',
        },
        {
          expression:
            `object.spec.triggers.all(t, t.metadata.all(k, k in ${celList(METADATA)}) && ` +
            `'queueURL' in t.metadata && t.metadata['queueURL'] in variables.queues && ` +
            `'awsRegion' in t.metadata && t.metadata['awsRegion'] == ${celString(env.region)})`,
          message: "triggers: allowed the tenant's own queues in the environment's region only",
        },
        {
          expression:
            `object.spec.triggers.all(t, has(t.authenticationRef) && ` +
            `t.authenticationRef.name == ${celString(clusterObjectNames.sqsAuthentication)} && ` +
            `(!has(t.authenticationRef.kind) || t.authenticationRef.kind in ['', 'TriggerAuthentication']))`,
          message: `triggers: allowed the TriggerAuthentication '${clusterObjectNames.sqsAuthentication}' only`,
        },
        {
          expression: '!has(object.spec.minReplicaCount) || object.spec.minReplicaCount == 0',
          message: 'minReplicaCount: must be 0; a floor is a machine that never goes',
        },
      ],
    }),
    ...policy({
      env,
      name: 'trigger-authentications',
      rules: [{ ...KEDA, resources: ['triggerauthentications'] }],
      namespaceSelector: { matchExpressions: [{ key: labels.tenant, operator: 'Exists' }] },
      validations: [
        {
          expression:
            `has(object.spec.podIdentity) && object.spec.podIdentity.provider == 'aws' && ` +
            `!has(object.spec.podIdentity.roleArn) && !has(object.spec.podIdentity.identityOwner)`,
          message: 'podIdentity: allowed provider aws as the operator itself only',
        },
        {
          expression: [
            'secretTargetRef',
            'configMapTargetRef',
            'env',
            'filePath',
            'hashiCorpVault',
            'azureKeyVault',
            'gcpSecretManager',
            'awsSecretManager',
            'boundServiceAccountToken',
          ]
            .map((field) => `!has(object.spec.${field})`)
            .join(' && '),
          message: 'spec: allowed podIdentity only',
        },
      ],
    }),
    ...policy({
      env,
      name: 'scaled-objects',
      rules: [{ ...KEDA, resources: ['scaledobjects'] }],
      namespaceSelector: { matchExpressions: [{ key: labels.tenant, operator: 'Exists' }] },
      validations: [
        { expression: 'false', message: 'a tenant has ScaledJobs only: a ScaledObject ends work in flight' },
      ],
    }),
    ...policy({
      env,
      name: 'cluster-trigger-authentications',
      rules: [{ ...KEDA, resources: ['clustertriggerauthentications'] }],
      validations: [{ expression: 'false', message: 'credentials for all namespaces are not allowed' }],
    }),
  ];
}

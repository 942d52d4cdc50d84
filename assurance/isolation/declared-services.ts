import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import type { ConditionBlock } from '../iam/condition';
import type { Exception } from '../iam/query';
import type { Place } from './declared-way';
import { places } from './declared-tenant';
import { merged } from './requirements';

/** What a service of AWS does by itself, with one resource. */
export interface DeclaredService {
  readonly service: string;
  readonly on: Place;
  readonly actions: readonly string[];
  readonly where: ConditionBlock;
}

/** The bucket tells the topic, the topic tells the queues, the logs are written under the tenant's key, EKS opens sessions for its pods. */
export function declaredServices(env: Environment, tenant: Tenant): DeclaredService[] {
  const { id, state } = tenant;
  if (state === 'erased') return [];
  const account = env.accounts.production;
  const bucket = tenantNames.bucketArn(env, id);
  const topic = tenantNames.eventsTopicArn(env, id);
  const pipelines = tenantPipelines(env, tenant);
  const notifies = state !== 'erasing' && pipelines.length > 0;
  const ofBucket = { ArnEquals: { 'aws:SourceArn': bucket }, StringEquals: { 'aws:SourceAccount': account } };
  const ofTopic = { ArnEquals: { 'aws:SourceArn': topic } };
  const key = (service: string, where: ConditionBlock): DeclaredService => ({
    service,
    on: places.key(env, id),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    where,
  });
  const cluster = arn.cluster(env, 'production');
  return [
    {
      service: 's3.amazonaws.com',
      on: { kind: 'sns:topic', name: topic, type: 'topic' },
      actions: ['sns:Publish'],
      where: ofBucket,
    },
    ...(notifies
      ? [
          ...[...pipelines.map((name) => places.queue(env, id, name)), places.deadLetters(env, id)].map(
            (on): DeclaredService => ({
              service: 'sns.amazonaws.com',
              on,
              actions: ['sqs:SendMessage'],
              where: ofTopic,
            }),
          ),
          key('s3.amazonaws.com', ofBucket),
          key('sns.amazonaws.com', ofTopic),
        ]
      : []),
    ...(state === 'erasing'
      ? []
      : [logsUse(env, places.key(env, id), arn.logGroup(env, 'production', tenantNames.logGroup(env, id)))]),
    {
      service: 'pods.eks.amazonaws.com',
      on: { kind: 'iam:role', name: tenantNames.roleArn(env, id), type: 'role' },
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      where: {
        ArnEquals: { 'aws:SourceArn': cluster },
        StringEquals: {
          'aws:SourceAccount': account,
          'aws:RequestTag/eks-cluster-arn': cluster,
          'aws:RequestTag/kubernetes-namespace': tenantNames.namespace(id),
          'aws:RequestTag/kubernetes-service-account': ['pipeline', 'training', 'inference'],
        },
      },
    },
  ];
}

/** What of an action is declared of services, as what is not wrong with it. */
export const servedIn = (services: readonly DeclaredService[], action: string): Exception[] =>
  services
    .filter(({ actions }) => actions.includes(action))
    .map(({ service, where }) => ({ where: merged(where, { StringEquals: { 'aws:PrincipalServiceName': service } }) }));

/** CloudWatch Logs writes one group under a key. */
export const logsUse = (env: Environment, key: Place, groupArn: string): DeclaredService => ({
  service: `logs.${env.region}.amazonaws.com`,
  on: key,
  actions: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  where: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': groupArn } },
});

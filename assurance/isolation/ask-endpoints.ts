import type { Environment } from '../../schema/model';
import { arn } from '../../schema/arns';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import type { Exception, Principal } from '../iam/query';
import type { Endpoint, Resource } from '../iam/world';
import { actionGroups } from './action-groups';
import { refusedFinding } from './findings';
import { notMade } from './rest-room';
import { ALONE, type Asking, TYPES } from './spot';

/**
 * No bucket of somebody else's is reached through an S3 endpoint of ours, whatever policies of his own who asks has, and whatever the bucket's owner
 * allows: data does not go out by it, and nobody comes in by it with keys of another account.
 */
export function askEndpoints(asking: Asking): void {
  const { engine, findings, counts, env } = asking;
  for (const cluster of CLUSTERS)
    for (const endpoint of endpointsOf(asking, cluster)) {
      const policies = endpoint.policy === undefined ? [] : [endpoint.policy];
      for (const type of TYPES['s3:bucket'] ?? []) {
        const actions = engine.knowledge.actionsOn('s3:bucket').filter((one) => one.type === type);
        for (const principal of principals(endpoint))
          for (const group of actionGroups(actions, policies, (action) => String(action in AWS_BUCKETS))) {
            counts['questions that must be refused'] += 1;
            counts['actions behind them'] += group.actions.length;
            const witness = engine.isAllowed({
              principal,
              action: group.first,
              target: { resource: ANY_BUCKET, type },
              where: { StringEquals: { 'aws:SourceVpce': endpoint.id }, Bool: { 'aws:ViaAWSService': 'false' } },
              except: [...ours(env, cluster, principal), ...awsBuckets(env, group.first)],
              layers: ALONE.endpoint,
            });
            if (witness !== undefined)
              findings.push(
                refusedFinding('endpoint', { subject: endpoint.where, kept: 'account' }, witness, group.actions),
              );
          }
      }
    }
}

const endpointsOf = ({ engine, env }: Asking, cluster: ClusterName): Endpoint[] =>
  engine.world.endpoints.filter(({ service, account }) => service === 's3' && account === env.accounts[cluster]);

const principals = ({ account }: Endpoint): Principal[] => [
  { kind: 'account', account, except: [] },
  { kind: 'organisation' },
  { kind: 'outside' },
  { kind: 'anonymous' },
];

const ANY_BUCKET: Resource = { ...notMade('s3:bucket', arn.bucket('')), any: true, foreign: true };

/** Buckets that the cluster's own account may reach: production's its own; research's those of tenants too, under a grant. */
function ours({ accounts }: Environment, cluster: ClusterName, { kind }: Principal): Exception[] {
  if (kind !== 'account') return [];
  const reached = cluster === 'production' ? [accounts.production] : [accounts.production, accounts.research];
  return [{ where: { StringEquals: { 'aws:ResourceAccount': reached } } }];
}

/**
 * Buckets of AWS's that a cluster cannot do without, by action, as what stands behind the ARN's beginning: layers of images, and answers of handlers
 * to CloudFormation. constructs/aws/network/s3-endpoint-policy.ts says where each is from.
 */
const AWS_BUCKETS: Readonly<Record<string, (region: string) => string>> = {
  's3:GetObject': (region) => `prod-${region}-starport-layer-bucket/*`,
  's3:PutObject': (region) => `cloudformation-custom-resource-response-${region.replaceAll('-', '')}/*`,
};

function awsBuckets({ region }: Environment, action: string): Exception[] {
  const path = AWS_BUCKETS[action]?.(region);
  return path === undefined ? [] : [{ path }];
}

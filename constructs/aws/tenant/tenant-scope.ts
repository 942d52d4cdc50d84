import type { CfnTag } from 'aws-cdk-lib';
import type { Environment } from '../../../schema/model';
import { grantRoleArns, grantRolePatterns } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import { endOfGrant } from '../../../schema/grant';
import { bootstrapNames, roleNames, tags, tenantNames } from '../../../schema/names';
import { serversOf } from '../../../schema/served-tenants';
import { servingNames } from '../../../schema/serving-names';
import type { Tenant } from '../../../schema/tenant';
import { tenantPipelines } from '../../../schema/tenant-pipelines';
import type { DataClass, Pipeline } from '../../../schema/vocabulary';

/** What a tenant's policies say of one grant. */
export interface OpenGrant {
  readonly id: string;
  /** Of its pods and, where it opens that way, of its people's sessions; in the research account. */
  readonly roleArns: readonly string[];
  readonly classes: readonly DataClass[];
  /** When it ends, as `aws:CurrentTime` is written. */
  readonly end: string;
}

/** What every policy and resource of one tenant is derived from: plain strings, so that nothing has to be resolved. */
export interface TenantScope {
  readonly env: Environment;
  readonly tenant: Tenant;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly ingestArn: string;
  readonly eraserArn: string;
  /** CloudFormation's role in the account. */
  readonly deployRoleArn: string;
  readonly bucketArn: string;
  readonly logGroupArn: string;
  readonly deadLetterQueueArn: string;
  readonly eventsTopicArn: string;
  readonly clusterArn: string;
  /** Data classes that the tenant hands over, in the order of its file's schema. */
  readonly classes: readonly DataClass[];
  /** The classes for which the environment has a pipeline: each has a queue. */
  readonly pipelines: readonly Pipeline[];
  /**
   * Whether the bucket tells of new objects. An erasing tenant's does not. A suspended one's does: events wait in the queue for 14 days;
   * older ones are replayed by listing.
   */
  readonly notifies: boolean;
  /**
   * Roles that may touch the tenant's objects, in this state. `active`: tenant, ingest, eraser. `suspended`: no pod runs, but
   * recordings may still arrive, since one that is refused is lost for ever. `erasing`: the eraser alone.
   * docs/decisions/0007-suspended-and-erasing.md
   * Of an active tenant the servers that have its models; of its grants the pattern of their roles: what each may, and until when, is said to each.
   */
  readonly admitted: readonly string[];
  /** Roles of the servers on which the tenant's own models lie: none where it is not active. */
  readonly serverArns: readonly string[];
  /** Grants that open the tenant: none where it is not active, since then nobody reads. */
  readonly grants: readonly OpenGrant[];
  readonly tags: CfnTag[];
}

/** @throws when the tenant is erased: it has no stack. */
export function tenantScope(env: Environment, tenant: Tenant): TenantScope {
  if (tenant.state === 'erased') {
    throw new Error(
      `tenants/${tenant.id}.yaml: state: got 'erased', allowed a tenant with data; an erased tenant has no stack`,
    );
  }
  const { id, state } = tenant;
  const account = env.accounts.production;
  const roleArn = tenantNames.roleArn(env, id);
  const ingestArn = arn.role(account, roleNames.ingest(env));
  const eraserArn = arn.role(account, roleNames.eraser(env));
  const classes = tenant.data.map((data) => data.class);
  const pipelines = tenantPipelines(env, tenant);
  const admitted = { active: [roleArn, ingestArn, eraserArn], suspended: [ingestArn, eraserArn], erasing: [eraserArn] };
  const grants = state === 'active' ? openGrants(env, id) : [];
  const serverArns = serversOf(env, tenant).map((server) => servingNames.roleArn(env, server));
  return {
    env,
    tenant,
    account,
    region: env.region,
    roleArn,
    ingestArn,
    eraserArn,
    deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
    bucketArn: arn.bucket(tenantNames.bucket(env, id)),
    logGroupArn: arn.logGroup(env, 'production', tenantNames.logGroup(env, id)),
    deadLetterQueueArn: arn.queue(env, 'production', tenantNames.deadLetterQueue(env, id)),
    eventsTopicArn: arn.topic(env, 'production', tenantNames.eventsTopic(env, id)),
    clusterArn: arn.cluster(env, 'production'),
    classes,
    pipelines,
    notifies: state !== 'erasing' && pipelines.length > 0,
    admitted: [...admitted[state], ...serverArns, ...(grants.length === 0 ? [] : grantRolePatterns(env))],
    serverArns,
    grants,
    tags: [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'tenant' },
      { key: tags.tenant, value: id },
    ],
  };
}

function openGrants(env: Environment, tenantId: string): OpenGrant[] {
  return env.grants
    .filter((grant) => grant.tenants.includes(tenantId))
    .map((grant) => ({
      id: grant.id,
      roleArns: grantRoleArns(env, grant),
      classes: grant.classes,
      end: endOfGrant(grant),
    }));
}

import { grantNames, grantRoleArns } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import { endOfGrant, type Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { teamNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { BUCKET_PREFIXES } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import type { DeclaredWay } from './declared-way';
import { places, viaServices } from './declared-tenant';

/** What grants open of a tenant: the classes that they name, raw and derived, until they end. A tenant that is not active is closed. */
export function grantWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  if (tenant.state !== 'active') return [];
  return env.grants
    .filter((grant) => grant.tenants.includes(tenant.id))
    .flatMap((grant) => grantRoleArns(env, grant).flatMap((roleArn) => waysOf(env, tenant.id, grant, roleArn)));
}

function waysOf(env: Environment, tenant: string, grant: Grant, roleArn: string): DeclaredWay[] {
  const until: ConditionBlock = { DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } };
  const session = sessionOf(env, grant, roleArn);
  const common = { who: `grant ${grant.id}`, holder: { roleArn }, tenant, session };
  const prefixes = grant.classes.flatMap((name) => [
    `${BUCKET_PREFIXES.raw}${name}/*`,
    `${BUCKET_PREFIXES.derived}${name}/*`,
  ]);
  return [
    ...prefixes.map((path): DeclaredWay => ({
      ...common,
      on: places.objects(env, tenant, path),
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      right: 'reads',
      from: 'research',
      where: until,
    })),
    // One for each prefix, so that each is shown to be open.
    ...prefixes.map((prefix): DeclaredWay => ({
      ...common,
      on: places.bucket(env, tenant),
      actions: ['s3:ListBucket', 's3:ListBucketVersions'],
      right: 'lists',
      from: 'research',
      where: { ...until, StringLike: { 's3:prefix': prefix } },
    })),
    {
      ...common,
      on: places.bucket(env, tenant),
      actions: ['s3:GetBucketLocation'],
      right: 'lists',
      where: until,
      wider: {
        resource: {
          way: { where: {} },
          reason:
            'it tells the region, which the name of the environment tells; the bucket bounds it by the last of its grants',
        },
      },
    },
    {
      ...common,
      on: places.key(env, tenant),
      actions: ['kms:Decrypt'],
      right: 'decrypts',
      where: { ...until, StringEquals: { 'kms:ViaService': viaServices(env, 's3') } },
    },
  ];
}

const isSession = (env: Environment, grant: Grant, roleArn: string): boolean =>
  roleArn === grantNames.sessionRoleArn(env, grant.id);

/** What the sessions of a grant's role are, whatever opens them. */
function sessionOf(env: Environment, grant: Grant, roleArn: string): ConditionBlock {
  if (isSession(env, grant, roleArn))
    return {
      StringEquals: {
        'aws:SourceIdentity': grant.people,
        'aws:PrincipalTag/purpose': grant.purpose,
        'aws:PrincipalTag/ticket': grant.ticket,
      },
    };
  return {
    StringEquals: {
      'aws:PrincipalTag/eks-cluster-arn': arn.cluster(env, 'research'),
      'aws:PrincipalTag/kubernetes-namespace': teamNames.namespace(grant.team),
      'aws:PrincipalTag/kubernetes-service-account': teamNames.grantServiceAccount(grant.id),
    },
  };
}

/** Who may become a role of a grant. */
export interface DeclaredTrust {
  readonly roleArn: string;
  readonly grant: string;
  readonly by: { readonly service: string } | { readonly account: string };
  readonly actions: readonly string[];
  readonly where: ConditionBlock;
}

/** EKS for the grant's pods, the team's sign-in for its people; each until the grant ends. */
export function grantTrusts(env: Environment): DeclaredTrust[] {
  return env.grants.flatMap((grant) =>
    grantRoleArns(env, grant).map((roleArn): DeclaredTrust => {
      const until = { DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } };
      const cluster = arn.cluster(env, 'research');
      const common = { roleArn, grant: grant.id };
      if (!isSession(env, grant, roleArn))
        return {
          ...common,
          by: { service: 'pods.eks.amazonaws.com' },
          actions: ['sts:AssumeRole', 'sts:TagSession'],
          where: {
            ...until,
            ArnEquals: { 'aws:SourceArn': cluster },
            StringEquals: {
              'aws:SourceAccount': env.accounts.research,
              'aws:RequestTag/eks-cluster-arn': cluster,
              'aws:RequestTag/kubernetes-namespace': teamNames.namespace(grant.team),
              'aws:RequestTag/kubernetes-service-account': teamNames.grantServiceAccount(grant.id),
            },
          },
        };
      const team = env.researchTeams.find(({ id }) => id === grant.team);
      return {
        ...common,
        by: { account: env.accounts.research },
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        where: {
          ...until,
          ArnEquals: { 'aws:PrincipalArn': team?.roleArn ?? '' },
          StringEquals: {
            'sts:SourceIdentity': grant.people,
            'aws:RequestTag/purpose': grant.purpose,
            'aws:RequestTag/ticket': grant.ticket,
          },
          StringLike: { 'aws:userid': '*:${sts:SourceIdentity}' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['purpose', 'ticket'] },
        },
      };
    }),
  );
}

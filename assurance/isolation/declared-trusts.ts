import { corpusNames, grantRoleArns } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import { auditArn } from '../../schema/audit-arns';
import type { Environment } from '../../schema/model';
import { roleNames, teamNames } from '../../schema/names';
import { servingNames } from '../../schema/serving-names';
import { isCorpus } from '../../schema/open-sources';
import { CLUSTERS } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import { isSession, untilEnd } from './declared-grants';
import { merged } from './requirements';

/** Who may become a role, and nobody else. */
export interface DeclaredTrust {
  readonly roleArn: string;
  /** For a reader, such as `grant notes-quality`. */
  readonly who: string;
  /** A service, somebody of an account whom `where` names, or one role of whichever account. */
  readonly by: { readonly service: string } | { readonly account: string } | { readonly role: string };
  readonly actions: readonly string[];
  readonly where: ConditionBlock;
}

/** EKS for the grant's pods, the team's sign-in for its people; each until the grant ends. */
function grantTrusts(env: Environment): DeclaredTrust[] {
  return env.grants.flatMap((grant) =>
    grantRoleArns(env, grant).map((roleArn): DeclaredTrust => {
      const until = untilEnd(grant);
      const cluster = arn.cluster(env, 'research');
      const common = { roleArn, who: `grant ${grant.id}` };
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

/** The doors by which something comes in: the product's recorder becomes `ingest`, the importer of a corpus its import role, a mirror pushes images. */
function doorTrusts(env: Environment): DeclaredTrust[] {
  const door = (who: string, roleArn: string, role: string): DeclaredTrust => ({
    who,
    roleArn,
    by: { role },
    actions: ['sts:AssumeRole'],
    where: {},
  });
  return [
    door('ingest', arn.role(env.accounts.production, roleNames.ingest(env)), env.ingestPrincipal),
    ...(env.servingPools.length === 0
      ? []
      : [door('import of common models', servingNames.importRoleArn(env), env.imageMirrorPrincipal)]),
    ...env.sources
      .filter(isCorpus)
      .map(({ id, importPrincipal }) =>
        door(`import of corpus ${id}`, corpusNames.importRoleArn(env, id), importPrincipal),
      ),
    ...CLUSTERS.map((cluster) =>
      door(
        `mirror of images of ${cluster}`,
        arn.role(env.accounts[cluster], roleNames.imageMirror(env, cluster)),
        env.imageMirrorPrincipal,
      ),
    ),
  ];
}

/** People of the sign-in with the auditors' permission set, under a name that stays on every later event. */
function auditorTrust({ accounts, region, organizationId }: Environment): DeclaredTrust {
  const home = { account: accounts.audit, region, management: accounts.management };
  return {
    roleArn: auditArn.reader(home),
    who: 'auditors',
    by: { account: accounts.audit },
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    where: {
      ArnLike: { 'aws:PrincipalArn': auditArn.readerSessions(home) },
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      Null: { 'sts:SourceIdentity': 'false' },
    },
  };
}

/** Who may become which role: pods and people of a grant, who brings data in, auditors. */
export const declaredTrusts = (env: Environment): DeclaredTrust[] => [
  ...grantTrusts(env),
  ...doorTrusts(env),
  auditorTrust(env),
];

/**
 * How services become roles of the platform in an account: for machines, functions and the control plane, whose roles are handed over within the
 * account; and what carries logs, which says for whom. Pods become one by EKS, as their association says.
 */
export function platformServices(env: Environment, account: string): ConditionBlock[] {
  const cluster = account === env.accounts.production ? 'production' : 'research';
  const by = (service: string, rest: ConditionBlock = {}): ConditionBlock =>
    merged(rest, { StringEquals: { 'aws:PrincipalServiceName': `${service}.amazonaws.com` } });
  return [
    ...['ec2', 'eks', 'lambda'].map((service) => by(service)),
    by('firehose', { StringLike: { 'sts:ExternalId': account } }),
    by('logs', { ArnLike: { 'aws:SourceArn': arn.logs(env, cluster) } }),
    by('vpc-flow-logs', { StringLike: { 'aws:SourceAccount': account } }),
  ];
}

import { ENVIRONMENT_RAILS, type EnvironmentRail, guardRailNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import { CLUSTERS } from '../../../schema/vocabulary';
import type { AuditAccount } from '../audit-account';
import type { PolicyDocument } from '../statement';
import { auditAccountRails } from './audit-account';
import { clusters } from './clusters';
import { deploys } from './deploys';
import { evidence } from './evidence';
import type { GuardRail } from './guard-rail';
import { policyChanges } from './policy-changes';
import { resourceControl } from './resource-control';

export { type GuardRail, guardRailText, POLICY_CHARACTERS } from './guard-rail';

const RAILS: Readonly<
  Record<EnvironmentRail, readonly [description: string, of: (env: Environment) => PolicyDocument]>
> = {
  policies: ['deploys alone change policies of buckets, keys, queues, topics and endpoints', policyChanges],
  deploys: ['deploys alone change roles, and the pipeline alone deploys', deploys],
  clusters: ['deploys alone open clusters', clusters],
  evidence: ['nobody ends evidence', evidence],
};

/** Every guard rail that an audit account writes: its environments', each for their own two accounts, and its own. */
export function guardRails(audit: AuditAccount): GuardRail[] {
  const { account, organizationId } = audit;
  return [
    ...audit.environments.flatMap(ofEnvironment),
    {
      name: guardRailNames.auditService(account),
      type: 'SERVICE_CONTROL_POLICY',
      description: `Audit account ${account}: nobody ends evidence, and Pulumi alone changes what keeps it`,
      targets: [account],
      document: auditAccountRails(audit),
    },
    {
      name: guardRailNames.auditResource(account),
      type: 'RESOURCE_CONTROL_POLICY',
      description: `Audit account ${account}: evidence is for the organisation`,
      targets: [account],
      document: resourceControl(organizationId),
    },
  ];
}

function ofEnvironment(env: Environment): GuardRail[] {
  const targets = CLUSTERS.map((cluster) => env.accounts[cluster]);
  return [
    ...ENVIRONMENT_RAILS.map((rail): GuardRail => {
      const [description, of] = RAILS[rail];
      return {
        name: guardRailNames.service(env, rail),
        type: 'SERVICE_CONTROL_POLICY',
        description: `${env.name}: ${description}`,
        targets,
        document: of(env),
      };
    }),
    {
      name: guardRailNames.resource(env),
      type: 'RESOURCE_CONTROL_POLICY',
      description: `${env.name}: data is for the organisation`,
      targets,
      document: resourceControl(env.organizationId),
    },
  ];
}

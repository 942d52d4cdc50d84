import { CLUSTERS } from '../../../schema/vocabulary';
import type { Environment } from '../../../schema/model';
import { guardRailNames } from '../../../schema/audit-names';
import type { AuditAccount } from '../audit-account';
import { auditAccountRails } from './audit-account';
import { clusters } from './clusters';
import { deploys } from './deploys';
import { evidence } from './evidence';
import type { GuardRail } from './guard-rail';
import { policyChanges } from './policy-changes';
import { resourceControl } from './resource-control';

export { type GuardRail, guardRailText, POLICY_CHARACTERS } from './guard-rail';

/** Every guard rail that an audit account writes: its environments', each for their own two accounts, and its own. */
export function guardRails(audit: AuditAccount): GuardRail[] {
  const { account, organizationId } = audit;
  return [
    ...audit.environments.flatMap((env) => ofEnvironment(env)),
    {
      name: guardRailNames.service('audit', account),
      type: 'SERVICE_CONTROL_POLICY',
      description: `Audit account ${account}: nobody ends evidence, Pulumi alone changes what keeps it`,
      targets: [account],
      document: auditAccountRails(audit),
    },
    {
      name: guardRailNames.resource('audit', account),
      type: 'RESOURCE_CONTROL_POLICY',
      description: `Audit account ${account}: resources are the organisation's`,
      targets: [account],
      document: resourceControl(organizationId),
    },
  ];
}

function ofEnvironment(env: Environment): GuardRail[] {
  const targets = CLUSTERS.map((cluster) => env.accounts[cluster]);
  const service = (what: string, description: string, document: GuardRail['document']): GuardRail => ({
    name: guardRailNames.service(env.name, what),
    type: 'SERVICE_CONTROL_POLICY',
    description: `${env.name}: ${description}`,
    targets,
    document,
  });
  return [
    service('policies', 'deploys alone change policies', policyChanges(env)),
    service('deploys', 'deploys alone change roles, and the pipeline alone deploys', deploys(env)),
    service('clusters', 'deploys alone open clusters', clusters(env)),
    service('evidence', 'nobody ends evidence', evidence(env)),
    {
      name: guardRailNames.resource(env.name, 'data'),
      type: 'RESOURCE_CONTROL_POLICY',
      description: `${env.name}: data is the organisation's`,
      targets,
      document: resourceControl(env.organizationId),
    },
  ];
}

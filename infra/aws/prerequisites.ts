import type { Environment } from '../../schema/model';
import { shell } from './markdown';
import { account } from './prerequisites-account';
import { afterwards } from './prerequisites-afterwards';
import { auditAccount } from './prerequisites-audit';
import { wayInForPeople } from './prerequisites-connected-network';
import { firstDeploy } from './prerequisites-deploy';
import { peopleDoor, productDoor } from './prerequisites-doors';
import { guardRails } from './prerequisites-guard-rails';
import { foreignRoles } from './prerequisites-roles';
import { relationalSources } from './prerequisites-sources';

/**
 * `PREREQUISITES.md` of an environment: what must be done once, by a person with rights that no deploy has, before the first
 * `cdk deploy`; and the order of that first one. Pure: the same environment gives the same text.
 */
export function prerequisites(env: Environment): string {
  return [
    `# Before the first deploy of ${env.name}`,
    'Generated from the environment; edit that. Commands are for a shell with credentials of the account that the heading names.',
    organisation(env),
    foreignRoles(env, 2),
    account(env, 'production', 3),
    account(env, 'research', 4),
    auditAccount(env, 5),
    guardRails(env, 6),
    wayInForPeople(env, 7),
    firstDeploy(env, 8),
    afterwards(env, 9),
    ...afterTheOthers(env, 10),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Sections that not every environment has, numbered as they come. */
function afterTheOthers(env: Environment, first: number): string[] {
  let step = first;
  return [relationalSources, productDoor, peopleDoor].flatMap((section) => {
    const lines = section(env, step);
    if (lines.length > 0) step += 1;
    return lines;
  });
}

function organisation(env: Environment): string {
  const { management, audit } = env.accounts;
  return [
    `## 1. Organisation ${env.organizationId} (management account ${management})`,
    'The audit account owns the trail on behalf of the organisation; an organisation has at most three delegated trail administrators.',
    shell(
      'aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com',
      `aws cloudtrail register-organization-delegated-admin --member-account-id ${audit}`,
      "ROOT=$(aws organizations list-roots --query 'Roots[0].Id' --output text)",
      'aws organizations enable-policy-type --root-id "$ROOT" --policy-type SERVICE_CONTROL_POLICY',
      'aws organizations enable-policy-type --root-id "$ROOT" --policy-type RESOURCE_CONTROL_POLICY',
    ),
  ].join('\n\n');
}

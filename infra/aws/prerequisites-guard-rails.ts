import { arn } from '../../schema/arns';
import { ENVIRONMENT_RAILS, guardRailNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { bootstrapNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import { code, shell } from './markdown';

/** The section on the organisation's guard rails, which hold what no account can hold by itself. */
export function guardRails(env: Environment, step: number): string {
  const { management, audit } = env.accounts;
  const own = CLUSTERS.map((cluster) => env.accounts[cluster]);
  const role = bootstrapNames.deployer;
  return [
    `## ${String(step)}. Guard rails`,
    `After the bootstrap and before the first deploy. From then on only \`${role}\` of an account deploys to it, and a bootstrap of it needs them ` +
      'detached. Nobody else is exempt, administrators of the clusters among them: in need somebody detaches a policy in the management ' +
      'account, which is in the trail. Logs of tenants’ pods alone are read by the administrators of the production cluster, and by nobody else.',
    `First, in each of the accounts ${own.join(' and ')}, the pipeline's role. \`trust.json\` says who becomes it: the pipeline, and nobody else.`,
    code(
      'json',
      JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn.role('*', bootstrapNames.ownRoles) }],
        },
        undefined,
        2,
      ),
    ),
    'Save it as `deployer.json`.',
    shell(
      `aws iam create-role --role-name ${role} --assume-role-policy-document file://trust.json`,
      `aws iam put-role-policy --role-name ${role} --policy-name become-the-bootstrap-s-roles --policy-document file://deployer.json`,
    ),
    `Then with credentials of the management account ${management}. A later change of a document is \`aws organizations update-policy\`.`,
    shell(
      'attach() {',
      '  TYPE=$1 NAME=$2; shift 2',
      `  ID=$(aws organizations create-policy --type "$TYPE" --name "$NAME" --description "$NAME" --content "file://dist/audit/${audit}/$NAME.json" \\`,
      '    --query Policy.PolicySummary.Id --output text)',
      '  for ACCOUNT; do aws organizations attach-policy --policy-id "$ID" --target-id "$ACCOUNT"; done',
      '}',
      ...ENVIRONMENT_RAILS.map(
        (rail) => `attach SERVICE_CONTROL_POLICY ${guardRailNames.service(env, rail)} ${own.join(' ')}`,
      ),
      `attach RESOURCE_CONTROL_POLICY ${guardRailNames.resource(env)} ${own.join(' ')}`,
      '# Once for all environments that share the audit account:',
      `attach SERVICE_CONTROL_POLICY ${guardRailNames.auditService(audit)} ${audit}`,
      `attach RESOURCE_CONTROL_POLICY ${guardRailNames.auditResource(audit)} ${audit}`,
    ),
  ].join('\n\n');
}

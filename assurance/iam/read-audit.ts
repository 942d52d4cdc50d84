import { arn } from '../../schema/arns';
import type { AuditOutput, AuditResource, GuardRailFile } from '../output/audit-account';
import { NotUnderstood, together } from './not-understood';
import { type Policy, policyOf } from './policy';
import type { GuardRails, Role } from './world';

const ALLOWS_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
/**
 * What the organisation attaches to every account by itself (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * and orgs_manage_policies_rcps_examples.html, 2026-11-25).
 */
const FULL_ACCESS = policyOf('FullAWSAccess', { Version: '2012-10-17', Statement: ALLOWS_ALL }, 'identity');
const RCP_FULL_ACCESS = policyOf(
  'RCPFullAWSAccess',
  { Version: '2012-10-17', Statement: { ...ALLOWS_ALL, Principal: '*' } },
  'resource',
);

/**
 * The organisation's policies as they are to be attached to accounts: of the two kinds, those that every one of the accounts has.
 * @throws NotUnderstood naming what is not known in them, and a policy that is attached to some of the accounts only
 */
export function guardRailsOf(files: readonly GuardRailFile[], accounts: readonly string[]): GuardRails {
  const own = files.filter(({ targets }) => targets.some((target) => accounts.includes(target)));
  const policies = together(
    own.map((file) => () => {
      const missing = accounts.filter((account) => !file.targets.includes(account));
      if (missing.length > 0)
        throw new NotUnderstood([
          `${file.name}: got the targets ${file.targets.join(', ')}, allowed all of ${accounts.join(', ')}`,
        ]);
      return { file, policy: policyOf(file.name, file.document, placeOf(file)) };
    }),
  );
  const of = (type: GuardRailFile['type']): Policy[] =>
    policies.filter(({ file }) => file.type === type).map(({ policy }) => policy);
  return {
    scps: [[FULL_ACCESS, ...of('SERVICE_CONTROL_POLICY')]],
    rcps: [[RCP_FULL_ACCESS, ...of('RESOURCE_CONTROL_POLICY')]],
  };
}

const placeOf = ({ type }: GuardRailFile): 'identity' | 'resource' =>
  type === 'SERVICE_CONTROL_POLICY' ? 'identity' : 'resource';

/**
 * Roles of an audit account's program with their policies.
 * @throws NotUnderstood naming a resource of IAM that is not read
 */
export function auditRoles(audit: AuditOutput): Role[] {
  const { account } = audit;
  const own = audit.resources().filter(({ type }) => type.startsWith('aws:iam/'));
  const [roles, policies] = [own.filter(({ type }) => type === ROLE), own.filter(({ type }) => type === ROLE_POLICY)];
  const faults = own
    .filter(({ type }) => type !== ROLE && type !== ROLE_POLICY)
    .map(({ type, name }) => `${account}/${name}: got ${type}, allowed ${ROLE} and ${ROLE_POLICY}: no other is read`);
  const names = new Set(roles.map(({ inputs }) => inputs['name']));
  for (const { name, inputs } of policies)
    if (!names.has(inputs['role']))
      faults.push(
        `${account}/${name}: got a policy of ${JSON.stringify(inputs['role'])}, allowed one of a role of the program`,
      );
  if (faults.length > 0) throw new NotUnderstood(faults);
  return together(roles.map((role) => () => roleOf(account, role, policies)));
}

const ROLE = 'aws:iam/role:Role';
const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';
const ROLE_INPUTS = ['assumeRolePolicy', 'description', 'maxSessionDuration', 'name'];

function roleOf(account: string, { name: id, inputs }: AuditResource, policies: readonly AuditResource[]): Role {
  const where = `audit-${account}/${id}`;
  const unknown = Object.keys(inputs).filter((input) => !ROLE_INPUTS.includes(input));
  const { name } = inputs;
  if (typeof name !== 'string') unknown.push('no name');
  if (unknown.length > 0)
    throw new NotUnderstood([`${where}: got ${unknown.join(', ')}, allowed ${ROLE_INPUTS.join(', ')}`]);
  return {
    arn: arn.role(account, String(name)),
    name: String(name),
    account,
    where,
    trust: policyOf(`${where}.assumeRolePolicy`, inputs['assumeRolePolicy'], 'trust'),
    policies: policies
      .filter((policy) => policy.inputs['role'] === name)
      .map((policy) => policyOf(`audit-${account}/${policy.name}`, policy.inputs['policy'], 'identity')),
    boundary: undefined,
    tags: {},
  };
}

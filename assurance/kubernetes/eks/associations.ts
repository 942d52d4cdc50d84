import { grantNames } from '../../../schema/access-names';
import type { Environment } from '../../../schema/model';
import { clusterNames, clusterObjectNames, stackNames, teamNames, tenantNames } from '../../../schema/names';
import { placeModels } from '../../../schema/placement/place';
import { servingNames } from '../../../schema/serving-names';
import { TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { tenantsByStack } from '../../output/tenant-stacks';
import { absentOr, type Allowed, comparedTo, free, rule } from '../allowed';
import { finding, openWay } from '../way';
import { ClusterStack } from './cluster-stack';

const ABOUT = 'an account of pods gets a role by EKS Pod Identity';
const TAGS = absentOr(free('tags are for finding and paying; no policy goes by those of an association'));

/**
 * Associations in the stacks of tenants and of grants: their own accounts get their own role. Without the session's tags, with a second role
 * or with a policy of its own an association would open another way than the role's trust tells.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html (2026-11-26)
 */
export const proveRoomAssociations = (environment: Environment, output: Output): readonly Finding[] => [
  ...tenantAssociations(environment, output),
  ...grantAssociations(environment, output),
  ...serverAssociations(environment, output),
];

function tenantAssociations(environment: Environment, output: Output): readonly Finding[] {
  const tenants = tenantsByStack(environment);
  const account = rule(TENANT_SERVICE_ACCOUNTS.join(', '), (value) =>
    (TENANT_SERVICE_ACCOUNTS as readonly unknown[]).includes(value),
  );
  const cluster = clusterNames.cluster(environment, 'production');
  return output.stacks.flatMap((stack) => {
    const tenant = tenants.get(stack.id);
    if (tenant === undefined) return [];
    const allowed: Allowed = {
      ClusterName: cluster,
      Namespace: tenantNames.namespace(tenant.id),
      ServiceAccount: account,
      RoleArn: tenantNames.roleArn(environment, tenant.id),
      Tags: TAGS,
    };
    return Object.entries(stack.template().Resources)
      .filter(([, { Type }]) => Type === 'AWS::EKS::PodIdentityAssociation')
      .flatMap(([id, { Properties }]) => comparedTo(allowed, Properties, `${stack.id}: ${id}`, ABOUT));
  });
}

function grantAssociations(environment: Environment, output: Output): readonly Finding[] {
  if (!output.stacks.some(({ id }) => id === stackNames.platform('research', 'data-access'))) return [];
  const stack = ClusterStack.of(output, 'research', 'data-access');
  return stack.all('AWS::EKS::PodIdentityAssociation').flatMap(({ id, properties }) => {
    const grant = environment.grants.find(
      (each) => teamNames.grantServiceAccount(each.id) === properties['ServiceAccount'],
    );
    if (grant === undefined)
      return [
        finding(
          'open',
          stack.subject(id),
          `${ABOUT}: ServiceAccount: got ${String(properties['ServiceAccount'])}, allowed the account of a grant`,
        ),
      ];
    const allowed: Allowed = {
      ClusterName: clusterNames.cluster(environment, 'research'),
      Namespace: teamNames.namespace(grant.team),
      ServiceAccount: teamNames.grantServiceAccount(grant.id),
      RoleArn: stack.role(grantNames.role(environment, grant.id)),
      Tags: TAGS,
    };
    return comparedTo(allowed, properties, stack.subject(id), ABOUT);
  });
}

/** A model server's account gets the server's role, which names the tenants whose models lie there. */
function serverAssociations(environment: Environment, output: Output): readonly Finding[] {
  if (!output.stacks.some(({ id }) => id === servingNames.stack)) return [];
  const stack = ClusterStack.of(output, 'production', 'serving');
  const servers = placeModels(environment, environment.placement).servers.map(({ id }) => id);
  const found = stack.all('AWS::EKS::PodIdentityAssociation');
  return [
    ...found.flatMap(({ id, properties }) => {
      const server = servers.find((each) => each === properties['ServiceAccount']);
      if (server === undefined)
        return [
          finding(
            'open',
            stack.subject(id),
            `${ABOUT}: ServiceAccount: got ${String(properties['ServiceAccount'])}, allowed the account of a model server`,
          ),
        ];
      const allowed: Allowed = {
        ClusterName: clusterNames.cluster(environment, 'production'),
        Namespace: clusterObjectNames.servingNamespace,
        ServiceAccount: server,
        RoleArn: stack.role(servingNames.role(environment, server)),
        Tags: TAGS,
      };
      return comparedTo(allowed, properties, stack.subject(id), ABOUT);
    }),
    ...servers
      .filter((server) => !found.some(({ properties }) => properties['ServiceAccount'] === server))
      .flatMap((server) => openWay(servingNames.stack, `${ABOUT}: ${server}`, 'the stack has no association of it')),
  ];
}

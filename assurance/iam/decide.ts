import { and, type Formula, implies, not, or } from './formula';
import { matches } from './match';
import { literal } from './pattern';
import type { Policy } from './policy';
import type { Layers } from './query';
import type { Request } from './request';
import { anyWay, applies, type Applies } from './statement-applies';
import type { GuardRails, Resource, World } from './world';

/** What some policies say about a request together. A Deny is looked for only where something allows. */
interface Say {
  readonly allow: Applies;
  readonly deny: () => Formula;
}

function said(policies: readonly Policy[], request: Request, action: string): Say {
  const each = (effect: 'Allow' | 'Deny'): Applies[] =>
    policies.flatMap(({ statements }) =>
      statements.filter((one) => one.effect === effect).map((one) => applies(one, request, action)),
    );
  const allows = each('Allow');
  return {
    allow: {
      direct: or(...allows.map(({ direct }) => direct)),
      identity: or(...allows.map(({ identity }) => identity)),
      account: or(...allows.map(({ account }) => account)),
    },
    deny: () => or(...each('Deny').map(anyWay)),
  };
}

const never = (): Formula => false;
const EVERYTHING: Say = { allow: { direct: true, identity: true, account: true }, deny: never };
/** A resource's policy that refuses nobody and leaves the decision to the requester's account. */
const LEAVES_IT_TO_THE_ACCOUNT: Say = { allow: { direct: false, identity: false, account: true }, deny: never };

/**
 * Whether a request on a resource is allowed: an explicit Deny of any layer refuses; within an account the identity's or the
 * resource's policy must allow, across accounts both; a key's and a role's own policy must allow in any case, or leave it to the
 * account (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
 * reference_policies_evaluation-logic-cross-account.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html, 2026-11-25).
 * @param action in lower case
 * @throws NotUnderstood
 */
export function allowed(world: World, resource: Resource, request: Request, action: string, layers: Layers): Formula {
  const { requester } = request;
  const own = ownPolicies(resource, action);
  const onResource = layers.resource === 'real' ? said(own.policies, request, action) : LEAVES_IT_TO_THE_ACCOUNT;
  const { identity, boundary } = identitySays(request, action, layers);
  const byIdentity = and(anyWay(identity.allow), anyWay(boundary.allow));
  const { allow } = onResource;
  // Named as a role, a session is bound by the role's boundary; named as a session, it is not.
  const byResource = or(allow.direct, and(allow.identity, anyWay(boundary.allow)));
  const names = anyWay(allow);
  const inside = sameAccount(resource, request);
  const within = or(byResource, and(byIdentity, own.decides ? names : true));
  const across = requester.kind === 'identity' ? and(names, byIdentity) : names;
  const allowedBySome = and(implies(inside, within), or(inside, across));
  if (allowedBySome === false) return false;
  const denied = or(onResource.deny(), identity.deny(), boundary.deny());
  if (denied === true) return false;
  return and(
    allowedBySome,
    not(denied),
    layers.guardRails === 'real' ? guardRails(world, resource, request, action) : true,
    layers.endpoint === 'real' ? throughEndpoints(world, resource, request, action) : true,
  );
}

const sameAccount = (resource: Resource, { requester }: Request): Formula =>
  requester.account === undefined ? false : matches(requester.account, literal(resource.account));

/** A key's and a role's policies have the last word: without them nobody is allowed, whatever the account's policies say. */
function ownPolicies(
  resource: Resource,
  action: string,
): { readonly policies: readonly Policy[]; readonly decides: boolean } {
  if (resource.kind === 'iam:role' && !action.startsWith('sts:')) return { policies: [], decides: false };
  return { policies: resource.policies, decides: resource.kind === 'iam:role' || resource.kind === 'kms:key' };
}

function identitySays(
  request: Request,
  action: string,
  layers: Layers,
): { readonly identity: Say; readonly boundary: Say } {
  const { role } = request.requester;
  if (role === undefined || layers.identity === 'allows-everything')
    return { identity: EVERYTHING, boundary: EVERYTHING };
  return {
    identity: said(role.policies, request, action),
    boundary: role.boundary === undefined ? EVERYTHING : said([role.boundary], request, action),
  };
}

/**
 * The organisation's policies: SCPs over requesters of the world's accounts, RCPs over its resources, for the services that know
 * them; neither an SCP stops a service (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html and
 * orgs_manage_policies_rcps.html, 2026-11-25).
 */
function guardRails(world: World, resource: Resource, request: Request, action: string): Formula {
  const rails: GuardRails = world.guardRails ?? { scps: [], rcps: [] };
  const { requester, parts } = request;
  const permits = (levels: readonly (readonly Policy[])[]): Formula =>
    and(
      ...levels.map((level) => {
        const { allow, deny } = said(level, request, action);
        return and(anyWay(allow), not(deny()));
      }),
    );
  const underScps =
    requester.account === undefined
      ? false
      : or(...world.accounts.map((account) => matches(requester.account ?? [], literal(account))));
  const [service = ''] = action.split(':');
  const underRcps = parts.knowledge.hasRcps(service) && world.accounts.includes(resource.account);
  return and(
    underScps === false ? true : implies(underScps, permits(rails.scps)),
    underRcps ? permits(rails.rcps) : true,
  );
}

/** Names of a service's endpoints, where they are not its prefix. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  cloudwatch: ['monitoring'],
  ecr: ['ecr.api', 'ecr.dkr'],
};
/** Names of the endpoints of a service, by the prefix of its actions. */
export const endpointsOf = (service: string): readonly string[] => ENDPOINTS[service] ?? [service];

/**
 * A request that comes through an endpoint of the world is bound by the endpoint's policy, and says that endpoint's account and VPC;
 * nothing else says so. What a service asks on somebody's behalf comes through no endpoint of theirs.
 */
function throughEndpoints(world: World, resource: Resource, request: Request, action: string): Formula {
  const [service = ''] = action.split(':');
  const names = endpointsOf(service);
  const endpoints = world.endpoints.filter(
    (one) => names.includes(one.service) && (resource.region === '' || one.region === resource.region),
  );
  const says = (key: string, text: string): Formula => {
    const slot = request.slot('the endpoint of a request', key);
    return slot.holds === 'one' ? and(slot.present, matches(slot.text, literal(text))) : false;
  };
  const through = (id: string): Formula => says('aws:SourceVpce', id);
  const onBehalf = says('aws:ViaAWSService', 'true');
  const bound = endpoints.map(({ id, vpc, account, policy }) => {
    const { allow, deny } = policy === undefined ? EVERYTHING : said([policy], request, action);
    const where = and(onlyIf(request, 'aws:VpceAccount', account), onlyIf(request, 'aws:SourceVpc', vpc));
    return implies(through(id), and(where, or(onBehalf, and(anyWay(allow), not(deny())))));
  });
  const claims = world.accounts.map((account) =>
    implies(
      and(says('aws:VpceAccount', account), not(onBehalf)),
      or(...endpoints.filter((one) => one.account === account).map(({ id }) => through(id))),
    ),
  );
  return and(...bound, ...claims);
}

/** A key has this value, where it is there. */
function onlyIf(request: Request, key: string, text: string): Formula {
  const slot = request.slot('the endpoint of a request', key);
  return slot.holds === 'one' ? implies(slot.present, matches(slot.text, literal(text))) : false;
}

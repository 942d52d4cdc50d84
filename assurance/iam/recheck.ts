import { textIn } from './concrete';
import { conditionsOf } from './condition';
import { conditionsHold, type ConcretePrincipal, type ConcreteRequest, evaluate, type PolicySet } from './evaluate';
import type { Policy } from './policy';
import { type Context, type Query, REAL, type Witness } from './query';
import type { Requester } from './requester';
import type { Model } from './solver';
import type { Way } from './ways';
import type { World } from './world';

/**
 * Judges what the solver found without it.
 * @throws Error where the evaluator refuses the request, or the one that opened its session: the encoding or the evaluator is wrong
 */
export function judgeAgain(world: World, query: Query, way: Way, model: Model, witness: Witness): void {
  const { target, where = {} } = query;
  const request: ConcreteRequest = {
    principal: concrete(way.requester, model),
    action: witness.action,
    resource: witness.resource,
    resourceAccount: target.resource.account,
    context: witness.context,
  };
  const verdict = evaluate(request, policySet(world, query, way.requester, request));
  const opening = way.opened === undefined ? [] : openingVerdicts(way, model, witness);
  const wanted = conditionsHold(conditionsOf('where', where, true), request);
  if (verdict === 'allowed' && opening.every((one) => one === 'allowed') && wanted) return;
  throw new Error(
    `the solver found a request that the evaluator refuses (${[verdict, ...opening, wanted ? '' : 'not as asked'].join(' ')}): ` +
      JSON.stringify({ ...witness, principal: request.principal }),
  );
}

/** The policies that have a say in a request: chosen here once more, apart from the encoding. */
export function policySet(world: World, query: Query, { role }: Requester, request: ConcreteRequest): PolicySet {
  const { resource } = query.target;
  const layers = { ...REAL, ...query.layers };
  const [service = ''] = request.action.toLowerCase().split(':');
  const ofRole = resource.kind === 'iam:role';
  const real = layers.identity === 'real' && role !== undefined;
  const rails = layers.guardRails === 'real' ? world.guardRails : undefined;
  const { principal } = request;
  return {
    identity: real ? role.policies : 'everything',
    boundary: real && role.boundary !== undefined ? [role.boundary] : undefined,
    resource: layers.resource === 'real' ? (ofRole && service !== 'sts' ? [] : resource.policies) : 'account',
    resourceDecides: resource.kind === 'kms:key' || (ofRole && service === 'sts'),
    endpoint: layers.endpoint === 'real' ? endpointPolicy(world, request.context, service) : undefined,
    levels: [
      ...(principal.kind === 'identity' && world.accounts.includes(principal.account) ? (rails?.scps ?? []) : []),
      ...(RCP_SERVICES.has(service) && world.accounts.includes(resource.account) ? (rails?.rcps ?? []) : []),
    ],
  };
}

/**
 * Of the services whose resources a world has, those that know RCPs
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, 2026-11-25).
 */
const RCP_SERVICES = new Set(['s3', 'sts', 'kms', 'sqs', 'secretsmanager', 'ecr', 'logs']);

function endpointPolicy(world: World, context: Context, service: string): readonly Policy[] | undefined {
  const key = (name: string): unknown => Object.entries(context).find(([other]) => other.toLowerCase() === name)?.[1];
  if (key('aws:viaawsservice') === 'true') return undefined;
  const through = world.endpoints.find(({ id }) => id === key('aws:sourcevpce'));
  if (through === undefined || through.service.split('.')[0] !== (service === 'cloudwatch' ? 'monitoring' : service))
    return undefined;
  return through.policy === undefined ? undefined : [through.policy];
}

function openingVerdicts(way: Way, model: Model, { opened }: Witness): string[] {
  const { role } = way.requester;
  if (way.opened === undefined || role === undefined || opened === undefined) return [];
  const requested = Object.keys(opened.context).map((key) => key.toLowerCase());
  const principal = concrete(way.opened.requester, model);
  const opener =
    principal.kind !== 'federated' ? ['sts:AssumeRole'] : ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];
  const verdict = (action: string): string =>
    evaluate(
      { principal, action, resource: role.arn, resourceAccount: role.account, context: opened.context },
      { identity: 'everything', resource: [role.trust], resourceDecides: true, levels: [] },
    );
  const verdicts = [opener.map(verdict).find((one) => one === 'allowed') ?? verdict(opener[0] ?? '')];
  if (requested.some((key) => key.startsWith('aws:requesttag/'))) verdicts.push(verdict('sts:TagSession'));
  if (requested.includes('sts:sourceidentity')) verdicts.push(verdict('sts:SetSourceIdentity'));
  return verdicts;
}

function concrete({ kind, account, arn, session, service, provider }: Requester, model: Model): ConcretePrincipal {
  if (kind === 'identity')
    return {
      kind,
      account: textIn(account ?? [], model),
      arn: textIn(arn ?? [], model),
      ...(session.length === 0 ? {} : { session: textIn(session, model) }),
    };
  if (kind === 'service') return { kind, service: textIn(service ?? [], model) };
  return kind === 'federated' ? { kind, provider: provider ?? '' } : { kind };
}

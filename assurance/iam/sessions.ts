import { consistent, inEveryRequest, ofIdentity, ofOrganisation } from './common-keys';
import { and, flag, type Formula, implies, not, or, type Text } from './formula';
import { matches } from './match';
import { NotUnderstood } from './not-understood';
import { literal } from './pattern';
import { isAssociated, POD_IDENTITY, POD_TAGS } from './pod-identity';
import type { Statement } from './policy';
import type { PrincipalEntry } from './principal-entry';
import { ABSENT, present, Request, type Slot, value } from './request';
import { SessionTags, type TagSource } from './session-tags';
import { anyWay, applies, coversAction } from './statement-applies';
import { stranger } from './strangers';
import type { Way, WayParts } from './ways';
import type { Role } from './world';

/** Begins the names of what is open in the request that opens a session. */
const OPENING = 'opening: ';

const OPENERS = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'] as const;
type Opener = (typeof OPENERS)[number];

/**
 * The ways to a session of a role, by what its trust policy lets in. Whoever opens it has all rights of his own; what the session
 * says of itself (tags, source identity) is what the trust policy lets him set.
 * @throws NotUnderstood where the trust policy lets in whom the proof does not know
 */
export function sessionWays(role: Role, parts: WayParts): Way[] {
  if (parts.sessions === 'unbound') return [unboundWay(role, parts.world)];
  const doors = role.trust.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      OPENERS.filter((opener) => coversAction(statement, opener)).flatMap((opener) => doorsOf(statement, opener)),
    );
  const different = new Map(doors.map((door) => [JSON.stringify(door), door]));
  return [...different.values()].map((door) => sessionWay(role, door, parts));
}

interface Door {
  readonly opener: Opener;
  readonly entry: PrincipalEntry;
}

function doorsOf({ where, principals }: Statement, opener: Opener): Door[] {
  if (principals === undefined || principals.not)
    throw new NotUnderstood([`${where}: got a trust without Principal, allowed one that names whom it lets in`]);
  return principals.entries
    .filter((entry) => (entry.kind === 'federated') === (opener !== 'sts:assumerole') || entry.kind === 'everyone')
    .map((entry) => ({ opener, entry }));
}

function sessionWay(role: Role, { opener, entry }: Door, { world, knowledge, sessions }: WayParts): Way {
  const byPod = entry.kind === 'service' && entry.service === POD_IDENTITY;
  const caller = callerOf(entry, world);
  const tags = new SessionTags(tagSource(entry, byPod), role.tags);
  const identity = entry.kind === 'service' ? ABSENT : SOURCE_IDENTITY;
  const session: Text = [{ free: 'session' }];
  const opened = new Request({
    knowledge,
    prefix: OPENING,
    requester: caller.requester,
    resource: [role.arn],
    documented: undefined,
    given: (key) => {
      if (key === 'sts:sourceidentity') return identity;
      if (key === 'sts:rolesessionname') return { holds: 'one', present: true, text: session, name: 'session' };
      const tag = /^aws:requesttag\/(.*)$/.exec(key)?.[1];
      if (tag !== undefined) return tags.requested(tag);
      if (key === 'aws:resourceaccount') return value(role.account);
      if (byPod && key === 'aws:sourceaccount') return value(role.account);
      if (byPod && key === 'aws:sourcearn')
        return { holds: 'one', present: true, text: tags.value('eks-cluster-arn'), name: 'cluster' };
      return caller.given(key);
    },
  });
  const lets = (action: string): Formula => {
    const each = (effect: string): Formula =>
      or(
        ...role.trust.statements
          .filter((one) => one.effect === effect)
          .map((one) => anyWay(applies(one, opened, action))),
      );
    return and(each('Allow'), not(each('Deny')));
  };
  return {
    requester: {
      kind: 'identity',
      label: byPod ? `a pod with ${role.name}` : `a session of ${role.name} opened by ${caller.requester.label}`,
      account: [role.account],
      arn: [role.arn],
      role,
      session,
      service: undefined,
      provider: undefined,
    },
    given: givenBy(role, tags, identity, world),
    holds: () => {
      const opens = and(lets(opener), implies(present(identity), lets('sts:setsourceidentity')));
      const tagged = lets('sts:tagsession');
      return and(
        opens,
        implies(tags.someIsSet(), tagged),
        tags.holds(),
        caller.holds(),
        consistent(opened, false),
        byPod && sessions === 'associated' ? isAssociated(role, world.associations, tags) : true,
      );
    },
    opened,
  };
}

const SOURCE_IDENTITY: Slot = {
  holds: 'one',
  present: flag('source identity is set'),
  text: [{ free: 'source identity' }],
  name: 'source identity',
};

/** What a request says because a session of the role makes it. */
function givenBy(role: Role, tags: SessionTags, identity: Slot, world: WayParts['world']): Way['given'] {
  return (key) => {
    const tag = /^aws:principaltag\/(.*)$/.exec(key)?.[1];
    if (tag !== undefined) return tags.ofPrincipal(tag);
    if (key === 'aws:sourceidentity') return identity;
    if (key === 'aws:username') return ABSENT;
    if (key === 'aws:principaltype') return value('AssumedRole');
    return ofIdentity(key, [role.account], [role.arn]) ?? ofOrganisation(key, world) ?? inEveryRequest(key, '', true);
  };
}

function unboundWay(role: Role, world: WayParts['world']): Way {
  const tags = new SessionTags({ set: 'any' }, role.tags);
  return {
    requester: {
      kind: 'identity',
      label: `a session of ${role.name}, whoever opened it`,
      account: [role.account],
      arn: [role.arn],
      role,
      session: [{ free: 'session' }],
      service: undefined,
      provider: undefined,
    },
    given: givenBy(role, tags, SOURCE_IDENTITY, world),
    holds: () => tags.holds(),
    opened: undefined,
  };
}

function tagSource(entry: PrincipalEntry, byPod: boolean): TagSource {
  if (byPod) return { set: 'these', names: POD_TAGS };
  return { set: entry.kind === 'service' ? 'none' : 'any' };
}

/** Whoever an entry of the trust policy lets in, with all rights of his own. */
function callerOf(entry: PrincipalEntry, world: WayParts['world']): Way {
  switch (entry.kind) {
    case 'service':
      return stranger({ kind: 'service', service: entry.service }, world, OPENING);
    case 'identity':
      return stranger({ kind: 'named', arn: entry.arn }, world, OPENING);
    case 'account':
      return stranger({ kind: 'account', account: entry.account, except: [] }, world, OPENING);
    case 'session': {
      const named = stranger(
        { kind: 'named', arn: `arn:aws:iam::${entry.account}:role/${entry.role}` },
        world,
        OPENING,
      );
      return {
        ...named,
        requester: { ...named.requester, session: [entry.session] },
        holds: () => and(named.holds(), matches([entry.session], literal(entry.session))),
      };
    }
    case 'federated': {
      const base = stranger({ kind: 'anonymous' }, world, OPENING);
      return {
        ...base,
        requester: { ...base.requester, kind: 'federated', label: entry.provider, provider: entry.provider },
        given: (key) => inEveryRequest(key, OPENING, true),
      };
    }
    case 'everyone':
      throw new NotUnderstood([`a trust policy: got a Principal that is everyone, allowed one that is named`]);
  }
}

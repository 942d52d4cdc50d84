import { inEveryRequest, ofIdentity, ofOrganisation } from './common-keys';
import { and, type Formula, not, or, type Text } from './formula';
import { matches } from './match';
import { NotUnderstood } from './not-understood';
import { literal, type Pattern, patternOf } from './pattern';
import type { Principal } from './query';
import { ABSENT, open, type Slot, value } from './request';
import type { Requester } from './requester';
import type { Way } from './ways';
import type { World } from './world';

type Stranger = Exclude<Principal, { readonly kind: 'role' }>;

/** Twelve digits. */
const ACCOUNT_ID: Pattern = {
  units: Array.from({ length: 12 }, () => ({ wild: 'one', of: 'digit' }) as const),
  ignoresCase: false,
};
const NOT_EMPTY = patternOf('', '?*');
const OF_IDENTITIES = ['arn:aws:iam::*', 'arn:aws:sts::*'].map((arn) => patternOf('', arn));

/**
 * Somebody whose own policies no template says: he has every right that his account could give him.
 * @param prefix begins the names of what is open about him
 * @throws NotUnderstood where a named one has no ARN of a role or user
 */
export function stranger(principal: Stranger, world: World, prefix = ''): Way {
  switch (principal.kind) {
    case 'named': {
      const account = /^arn:aws:iam::(\d{12}):(?:role|user)\/.+$/.exec(principal.arn)?.[1];
      if (account === undefined)
        throw new NotUnderstood([`a principal: got '${principal.arn}', allowed the ARN of a role or user`]);
      return somebody(prefix, principal.arn, [account], [principal.arn], world, () => true);
    }
    case 'account': {
      const { account, except } = principal;
      const arn: Text = [`arn:aws:iam::${account}:`, { free: `${prefix}principal` }];
      return somebody(prefix, `anybody of account ${account}`, [account], arn, world, () =>
        and(
          matches([{ free: `${prefix}principal` }], NOT_EMPTY),
          ...except.map((one) => not(matches(arn, literal(one)))),
        ),
      );
    }
    case 'organisation':
    case 'outside': {
      const account: Text = [{ free: `${prefix}account`, segment: true }];
      const arn: Text = ['arn:aws:iam::', ...account, ':', { free: `${prefix}principal` }];
      const label =
        principal.kind === 'outside' ? 'anybody outside the organisation' : 'another account of the organisation';
      return somebody(
        prefix,
        label,
        account,
        arn,
        world,
        () =>
          and(
            matches(account, ACCOUNT_ID),
            matches([{ free: `${prefix}principal` }], NOT_EMPTY),
            ...world.accounts.map((one) => not(matches(account, literal(one)))),
          ),
        principal.kind,
      );
    }
    case 'anonymous':
      return {
        requester: { ...NOBODY, kind: 'anonymous', label: 'anybody without a signature' },
        given: (key) =>
          /^aws:principal|^aws:source(?:arn|account|org)|^aws:(?:userid|username|sourceidentity)$|^kms:calleraccount$/.test(
            key,
          )
            ? ABSENT
            : inEveryRequest(key, prefix, false),
        holds: () => true,
        opened: undefined,
      };
    case 'service': {
      const service: Text = [principal.service ?? { free: `${prefix}service` }];
      return {
        requester: { ...NOBODY, kind: 'service', label: principal.service ?? 'an AWS service', service },
        given: (key) => ofService(key, service, prefix) ?? inEveryRequest(key, prefix, true),
        // A service is no identity of an account: whatever the key says of it, it is not the ARN of one.
        holds: () => not(or(...OF_IDENTITIES.map((arn) => matches([{ free: `${prefix}aws:principalarn` }], arn)))),
        opened: undefined,
      };
    }
  }
}

const NOBODY = {
  account: undefined,
  arn: undefined,
  role: undefined,
  session: [],
  service: undefined,
  provider: undefined,
} as const satisfies Partial<Requester>;

function somebody(
  prefix: string,
  label: string,
  account: Text,
  arn: Text,
  world: World,
  holds: () => Formula,
  of: 'world' | 'organisation' | 'outside' = 'world',
): Way {
  const { organisation } = world;
  const inWorld = of === 'world' && account.every((part) => typeof part === 'string' && world.accounts.includes(part));
  const org = (key: string): Slot | undefined => {
    if (inWorld || of === 'organisation') return ofOrganisation(key, world);
    return undefined;
  };
  return {
    requester: {
      ...NOBODY,
      kind: 'identity',
      label,
      account,
      arn,
      session: [{ free: `${prefix}session` }],
    },
    given: (key) => ofIdentity(key, account, arn) ?? org(key) ?? inEveryRequest(key, prefix, true),
    holds: () =>
      and(
        holds(),
        of === 'outside' && organisation !== undefined
          ? not(matches([{ free: `${prefix}aws:principalorgid` }], literal(organisation)))
          : true,
      ),
    opened: undefined,
  };
}

function ofService(key: string, service: Text, prefix: string): Slot | undefined {
  if (key === 'aws:principalisawsservice') return value('true');
  if (key === 'aws:principalservicename') return { holds: 'one', present: true, text: service, name: 'service' };
  if (key === 'aws:viaawsservice') return value('false');
  return key === 'aws:principalarn' ? open(prefix + key) : undefined;
}

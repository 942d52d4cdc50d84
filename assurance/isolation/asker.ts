import { arn } from '../../schema/arns';
import { fits } from '../iam/match';
import { isWild, type Pattern } from '../iam/pattern';
import { accountOfIdentity, type PrincipalEntry } from '../iam/principal-entry';
import type { Principal } from '../iam/query';
import type { World } from '../iam/world';
import { beginning } from './reach';

/** What is certain of whoever asks, before any request of his is looked at. */
export interface Asker {
  /** Whom it is about: no two have the same. */
  readonly name: string;
  /** False only where an entry of a policy's principals cannot mean him. */
  readonly mayBe: (entry: PrincipalEntry) => boolean;
  /** Whether `aws:PrincipalArn` fits a pattern in each of his requests, or in none; undefined where that is open, or the key may be absent. */
  readonly fits: (pattern: Pattern) => boolean | undefined;
}

/** Of whom nothing is certain. */
export const ANYBODY: Asker = { name: 'anybody', mayBe: () => true, fits: () => undefined };

/** Of sessions of a role or of one identity by name: its ARN is the key's value in every request. */
export const askerByArn = (arn: string): Asker => ({
  name: arn,
  mayBe: (entry) => (entry.kind === 'identity' ? entry.arn === arn : isOfIdentities(entry)),
  fits: (pattern) => (isFixed(pattern) ? fits(arn, pattern) : undefined),
});

/** Of anybody else: he is nobody of the world's accounts, or somebody of one of them and none of those who are excepted. */
export function askerOf(principal: Principal, world: World): Asker {
  if (principal.kind === 'role' || principal.kind === 'named') return askerByArn(principal.arn);
  const mayBeArn =
    principal.kind === 'account'
      ? (arn: string): boolean => isIn(arn, [principal.account]) && !principal.except.includes(arn)
      : (arn: string): boolean => !isIn(arn, world.accounts);
  return {
    name: JSON.stringify(principal),
    mayBe: (entry) => entry.kind !== 'identity' || mayBeArn(entry.arn),
    fits: (pattern) => {
      const start = beginning(pattern);
      const whole = !pattern.ignoresCase && pattern.units.every((unit) => typeof unit === 'string');
      // An ARN that is not his, or a beginning with the account of somebody else.
      const isNot = whole ? !mayBeArn(start) : accountIsOthers(start, mayBeArn);
      return isNot ? false : undefined;
    },
  };
}

const isOfIdentities = ({ kind }: PrincipalEntry): boolean => kind !== 'service' && kind !== 'federated';
const isFixed = ({ units }: Pattern): boolean => units.every((unit) => typeof unit === 'string' || isWild(unit));

function isIn(arn: string, accounts: readonly string[]): boolean {
  const account = accountOfIdentity(arn);
  // What is no ARN of an identity is left to the solver.
  return account !== undefined && accounts.includes(account);
}

function accountIsOthers(start: string, mayBeArn: (arn: string) => boolean): boolean {
  const account = accountOfIdentity(start);
  return account !== undefined && !mayBeArn(arn.role(account, 'anybody'));
}

import { and, type Formula, implies, not, type Text } from './formula';
import { matches } from './match';
import { literal } from './pattern';
import { ABSENT, open, present, type Request, type Slot, value } from './request';
import type { World } from './world';

/**
 * Keys that every signed request has, and those that belong together
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, 2026-11-25).
 * @param prefix begins the names of open parts
 */
export function inEveryRequest(key: string, prefix: string, signed: boolean): Slot | undefined {
  if (key === 'aws:securetransport') return open(prefix + key, true);
  // One moment, which the one key writes as a date and the other as seconds.
  if (key === 'aws:currenttime' || key === 'aws:epochtime') return open(`${prefix}aws:currenttime`, true);
  if (key === 'aws:viaawsservice') return signed ? open(prefix + key, true) : value('false');
  return undefined;
}

/** Only an AWS service that calls by itself says for which resource it does. */
const OF_SERVICES = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
]);

/** What a request says of an identity that makes it. */
export function ofIdentity(key: string, account: Text, arn: Text): Slot | undefined {
  if (key === 'aws:principalarn') return { holds: 'one', present: true, text: arn, name: 'principal' };
  if (key === 'aws:principalaccount' || key === 'kms:calleraccount')
    return { holds: 'one', present: true, text: account, name: 'account' };
  if (key === 'aws:principalisawsservice') return value('false');
  return OF_SERVICES.has(key) ? ABSENT : undefined;
}

/** The organisation of an identity of the world's accounts, where it is known. */
export const ofOrganisation = (key: string, { organisation }: World): Slot | undefined =>
  key === 'aws:principalorgid' && organisation !== undefined ? value(organisation) : undefined;

const OF_ENDPOINTS = [
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:VpcSourceIp',
];

/** What holds between the keys of a request that were asked about. */
export function consistent(request: Request, documented: boolean): Formula {
  const asked = (key: string): boolean => request.asked.has(key.toLowerCase());
  const there = (key: string): Formula => present(request.slot('a request', key));
  const onBehalf = (): Formula => {
    const slot = request.slot('a request', 'aws:ViaAWSService');
    return slot.holds === 'one' ? and(slot.present, matches(slot.text, literal('true'))) : false;
  };
  const parts: Formula[] = [];
  for (const key of ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'])
    if (asked(key)) parts.push(implies(there(key), onBehalf()));
  for (const key of OF_ENDPOINTS) if (asked(key)) parts.push(implies(there(key), there('aws:SourceVpce')));
  // What a service asks on somebody's behalf leaves from its own network.
  if (documented && asked('aws:SourceVpce')) parts.push(implies(onBehalf(), not(there('aws:SourceVpce'))));
  return and(...parts, ...request.domains());
}

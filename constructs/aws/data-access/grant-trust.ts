import { teamNames } from '../../../schema/names';
import { podIdentityTrust } from '../pod-identity-trust';
import { accountPrincipal, type PolicyDocument, policyDocument } from '../statement';
import type { GrantScope } from './grant-scope';

/** Session tags that a person's session must carry: why it reads, and where that was asked for. */
export const PURPOSE_TAG = 'purpose';
export const TICKET_TAG = 'ticket';

/** Who becomes the role of the grant's pods: EKS, for the grant's service account in the team's namespace of the research cluster. */
export const podTrust = ({ env, grant, end }: GrantScope): PolicyDocument =>
  podIdentityTrust('PodsOfTheGrant', {
    env,
    cluster: 'research',
    namespace: teamNames.namespace(grant.team),
    serviceAccount: teamNames.grantServiceAccount(grant.id),
    where: { DateLessThan: { 'aws:CurrentTime': end } },
  });

/**
 * Who becomes the role of the grant's people: a session of the team's sign-in role whose name is one of them, under that same source
 * identity, with the grant's own purpose and ticket. A source identity once set stays for every later event and cannot be changed, and the name
 * of the sign-in's session is not the person's to choose; so neither says who somebody else is.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html (2026-11-25)
 */
export function sessionTrust({ env, grant, account, end }: GrantScope): PolicyDocument {
  const team = env.researchTeams.find(({ id }) => id === grant.team);
  if (team === undefined)
    throw new Error(`grants/${grant.id}: team: got '${grant.team}', allowed a team of the environment`);
  return policyDocument({
    Sid: 'PeopleOfTheGrant',
    Effect: 'Allow',
    Principal: accountPrincipal(account),
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': team.roleArn },
      StringEquals: {
        'sts:SourceIdentity': grant.people,
        [`aws:RequestTag/${PURPOSE_TAG}`]: grant.purpose,
        [`aws:RequestTag/${TICKET_TAG}`]: grant.ticket,
      },
      // A role session's `aws:userid` is the role's id, a colon and the session's name.
      StringLike: { 'aws:userid': '*:${sts:SourceIdentity}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [PURPOSE_TAG, TICKET_TAG] },
      DateLessThan: { 'aws:CurrentTime': end },
    },
  });
}

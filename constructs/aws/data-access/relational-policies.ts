import { grantRoleArns, grantSid } from '../../../schema/access-names';
import { endOfGrant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { grantsOpening } from '../../../schema/open-sources';
import type { RelationalSource } from '../../../schema/source';
import { useByRole } from '../key-statements';
import { accountPrincipal, type PolicyDocument, policyDocument, type Statement } from '../statement';

/**
 * The policy of the secret of a relational source, which its owner attaches: the roles of the grants that name the source, each until its end,
 * by an interface endpoint. The secret is in another account, so that nothing is open without it.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html (2026-11-25)
 */
export function secretPolicy(env: Environment, source: RelationalSource): PolicyDocument {
  return policyDocument(
    ...grantsOpening(env, source).map((grant): Statement => ({
      Sid: grantSid(grant.id, 'Reads'),
      Effect: 'Allow',
      Principal: accountPrincipal(env.accounts.research),
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': grantRoleArns(env, grant) },
        DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) },
        Null: { 'aws:SourceVpce': 'false' },
      },
    })),
  );
}

/** What the policy of the secret's key has to say besides what its owner says there. */
export function secretKeyStatements(env: Environment, source: RelationalSource): Statement[] {
  return grantsOpening(env, source).map((grant) => {
    const statement = useByRole(grantSid(grant.id, 'Decrypts'), {
      account: env.accounts.research,
      region: env.region,
      roleArn: grantRoleArns(env, grant),
      actions: ['kms:Decrypt'],
      services: ['secretsmanager'],
    });
    return {
      ...statement,
      Condition: { ...statement.Condition, DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } },
    };
  });
}

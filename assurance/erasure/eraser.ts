import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import type { Caller } from './refusal';

export const eraserArn = (env: Environment): string => arn.role(env.accounts.production, roleNames.eraser(env));

/**
 * The eraser as a caller: over TLS, as a role and not as a service of AWS, without headers of encryption, since it puts no object, and
 * without the session tags of a pod.
 * @param cluster whose account has what it calls for
 */
function eraserOf(env: Environment, cluster: ClusterName): Caller {
  const account = env.accounts.production;
  return {
    principal: eraserArn(env),
    context: {
      'aws:PrincipalArn': eraserArn(env),
      'aws:PrincipalAccount': account,
      'aws:PrincipalOrgID': env.organizationId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': env.accounts[cluster],
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': 'false',
      's3:TlsVersion': '1.3',
    },
    absent: [
      'aws:PrincipalTag/*',
      's3:x-amz-*',
      'aws:SourceArn',
      'aws:SourceAccount',
      'kms:EncryptionContext:*',
      'kms:ViaService',
    ],
  };
}

/** The eraser's ways to call, made once for an environment. */
export interface Erasers {
  readonly direct: Caller;
  readonly inResearch: Caller;
}

export const erasersOf = (env: Environment): Erasers => ({
  direct: eraserOf(env, 'production'),
  inResearch: eraserOf(env, 'research'),
});

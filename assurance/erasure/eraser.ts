import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import type { Call } from './refusal';

export const eraserArn = (env: Environment): string =>
  `arn:aws:iam::${env.accounts.production}:role/${roleNames.eraser(env)}`;

/**
 * A call of the eraser: over TLS, as a role and not as a service of AWS, without headers of encryption (it puts no object into a
 * tenant's bucket but manifests, by the bucket's default) and without the session tags of a pod.
 */
export function eraserCall(
  env: Environment,
  action: string,
  resource: string,
  more: Readonly<Record<string, string>> = {},
): Call {
  const account = env.accounts.production;
  return {
    principal: eraserArn(env),
    action,
    resource,
    context: {
      'aws:PrincipalArn': eraserArn(env),
      'aws:PrincipalAccount': account,
      'aws:PrincipalOrgID': env.organizationId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': account,
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': 'false',
      's3:TlsVersion': '1.3',
      ...more,
    },
    absent: ['aws:PrincipalTag/*', 's3:x-amz-*', 'aws:SourceArn', 'aws:SourceAccount'],
  };
}

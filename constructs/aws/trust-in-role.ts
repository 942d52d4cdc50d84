import { roleArnParts } from '../../schema/role-arn';
import { accountPrincipal, type PolicyDocument, policyDocument } from './statement';

/**
 * A trust policy that lets in one role of the organisation, of whichever account. The account is the principal, since a role that
 * does not exist yet cannot be one; the condition names the role. It needs `sts:AssumeRole` of its own besides.
 */
export function trustInRole(sid: string, roleArn: string, organizationId: string): PolicyDocument {
  return policyDocument({
    Sid: sid,
    Effect: 'Allow',
    Principal: accountPrincipal(roleArnParts(roleArn).account),
    Action: 'sts:AssumeRole',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn },
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
    },
  });
}

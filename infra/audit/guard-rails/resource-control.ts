import type { PolicyDocument, Statement } from '../statement';
import { policyDocument } from '../statement';

/**
 * Services whose resources hold tenants' data or lead to it. Resource control policies know them all since 2024; ECR and others came
 * later (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, 2026-11-25).
 */
const DATA = ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'] as const;

/**
 * Whatever a resource's own policy says, it is for principals of the organisation, and for services that act for it. Service-linked roles
 * and AWS's own keys are exempt by themselves. The pattern is of https://github.com/aws-samples/data-perimeter-policy-examples
 * (identity_perimeter_rcp.json, 2026-11-25).
 */
export function resourceControl(organizationId: string): PolicyDocument {
  const deny = (Sid: string, rest: Pick<Statement, 'Action' | 'Condition'>): Statement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Resource: '*',
    ...rest,
  });
  return policyDocument(
    deny('OfTheOrganisationOnly', {
      // Not `sts:*`: who signs in, or comes by a web identity, has no organisation yet.
      Action: [...DATA, 'sts:AssumeRole'],
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
    deny('ServicesForTheOrganisationOnly', {
      Action: [...DATA, 'sts:AssumeRole'],
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
        // Without a source account the service acts for nobody: nothing to confuse it with.
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    }),
    deny('TlsOnly', { Action: DATA, Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } }),
  );
}

import { type PolicyDocument, policyDocument, unlessPrincipalIs } from '../statement';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const PUSH = ['ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'];

/**
 * The policy of a repository: Deny only, since inside one account IAM's allow needs nothing here. The mirror pushes, the named roles
 * and the mirror (which compares digests) pull, and nobody deletes: what a rollback needs is not cleaned up by hand.
 */
export function repositoryPolicy(pullerArns: readonly string[], mirrorArn: string): PolicyDocument {
  const deny = { Effect: 'Deny', Principal: '*' } as const;
  return policyDocument(
    { Sid: 'NobodyElsePushes', ...deny, Action: PUSH, Condition: unlessPrincipalIs([mirrorArn]) },
    { Sid: 'NobodyElsePulls', ...deny, Action: PULL, Condition: unlessPrincipalIs([...pullerArns, mirrorArn]) },
    {
      Sid: 'NobodyDeletes',
      ...deny,
      Action: 'ecr:BatchDeleteImage',
      Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    },
  );
}

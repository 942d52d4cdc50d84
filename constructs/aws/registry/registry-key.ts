import type { CfnTag } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { administerWithoutUse } from '../key-statements';
import { retain } from '../retention';
import { accountPrincipal, policyDocument } from '../statement';

export interface RegistryKeyProps {
  readonly alias: string;
  readonly account: string;
  readonly region: string;
  readonly tags: CfnTag[];
}

/**
 * The key of an account's registry. ECR works by a grant that the role which creates a repository makes for it, so grants are
 * allowed here, through ECR and for AWS resources only.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
export class RegistryKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: RegistryKeyProps) {
    super(scope, id);
    const throughEcr = { StringEquals: { 'kms:ViaService': `ecr.${props.region}.amazonaws.com` } };
    const key = retain(
      new CfnKey(this, 'Key', {
        description: 'Mirrored images and charts',
        enableKeyRotation: true,
        keyPolicy: policyDocument(
          administerWithoutUse(props.account),
          {
            Sid: 'RepositoriesGrant',
            Effect: 'Allow',
            Principal: accountPrincipal(props.account),
            Action: 'kms:CreateGrant',
            Resource: '*',
            Condition: { ...throughEcr, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
          },
          {
            Sid: 'RepositoriesRetire',
            Effect: 'Allow',
            Principal: accountPrincipal(props.account),
            Action: 'kms:RetireGrant',
            Resource: '*',
            Condition: throughEcr,
          },
        ),
        tags: props.tags,
      }),
    );
    new CfnAlias(this, 'Alias', { aliasName: props.alias, targetKeyId: key.ref });
    this.keyArn = key.attrArn;
  }
}

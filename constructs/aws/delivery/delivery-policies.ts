import {
  encryptionDenials,
  insecureTransportDenials,
  nobodyElseDenials,
  OBJECT_AND_LIST_ACTIONS,
} from '../bucket-denials';
import { administerWithoutUse, nobodyElseUses, noGrants, useByLogGroup, useByRole } from '../key-statements';
import { type PolicyDocument, policyDocument, unlessPrincipalIs } from '../statement';

/** What the policies of one cluster's delivery are made of: plain names. */
export interface DeliveryPrincipals {
  readonly account: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly logGroupArn: string;
  /** The only role that writes: the delivery handler's. */
  readonly writerArn: string;
  /** The only role that reads: Flux's source controller's. */
  readonly readerArn: string;
  /** CloudFormation's in this account. */
  readonly deployRoleArn: string;
}

/** The key of the delivery bucket: the handler encrypts, Flux decrypts, nobody else uses it. */
export function deliveryKeyPolicy(names: DeliveryPrincipals): PolicyDocument {
  const { account, region } = names;
  const through = { account, region, services: ['s3'] };
  return policyDocument(
    noGrants(),
    nobodyElseUses(unlessPrincipalIs([names.writerArn, names.readerArn])),
    administerWithoutUse(account),
    useByRole('HandlerWrites', { ...through, roleArn: names.writerArn, actions: ['kms:GenerateDataKey'] }),
    useByRole('FluxReads', { ...through, roleArn: names.readerArn, actions: ['kms:Decrypt'] }),
    useByLogGroup(region, names.logGroupArn),
  );
}

/** Whoever writes the delivery bucket is cluster admin: so one role writes, one role reads, from the cluster's own endpoint. */
export function deliveryBucketPolicy(names: DeliveryPrincipals, keyArn: string): PolicyDocument {
  const everything = [names.bucketArn, `${names.bucketArn}/*`];
  const deny = { Effect: 'Deny', Principal: '*', Resource: everything } as const;
  const writer = { 'aws:PrincipalArn': names.writerArn };
  const reader = { 'aws:PrincipalArn': names.readerArn };
  return policyDocument(
    ...insecureTransportDenials(names.bucketArn),
    ...encryptionDenials(names.bucketArn, keyArn),
    ...nobodyElseDenials({
      bucketArn: names.bucketArn,
      admitted: [names.writerArn, names.readerArn],
      deployRoleArn: names.deployRoleArn,
      others: unlessPrincipalIs,
    }),
    {
      Sid: 'HandlerWritesOnly',
      ...deny,
      NotAction: ['s3:DeleteObject', 's3:PutObject'],
      Condition: { ArnEquals: writer },
    },
    {
      Sid: 'FluxReadsOnly',
      ...deny,
      NotAction: ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
      Condition: { ArnEquals: reader },
    },
    {
      // docs/decisions/0004-endpoint-pins-by-account.md
      Sid: 'FluxFromItsEndpointOnly',
      ...deny,
      Action: OBJECT_AND_LIST_ACTIONS,
      Condition: {
        ArnEquals: reader,
        StringNotEquals: { 'aws:VpceAccount': names.account },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
    },
  );
}

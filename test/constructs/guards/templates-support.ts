import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import type { CfnTemplateResource, TemplateContext } from '../../../constructs/guards/templates/template';

export const ACCOUNT = '222222222222';
export const KEY = 'arn:aws:kms:eu-central-1:222222222222:key/00000000-0000-0000-0000-000000000000';
export const RETAINED = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
export const REASON = { 'atoll:reason': 'the service writes here before any key exists' };

export type Resources = Record<string, CfnTemplateResource>;

/** The faults of a stack `dev-acme` of these resources. */
export const faultsOf = (resources: Resources, context: Partial<TemplateContext> = {}): string[] =>
  templateFaults({ Resources: resources }, { stackName: 'dev-acme', account: ACCOUNT, ...context });

export const trust = (...statements: object[]): CfnTemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statements } },
});

export const policy = (...statements: object[]): CfnTemplateResource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement: statements } },
});

export const queuePolicy = (...statements: object[]): CfnTemplateResource => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: ['q'], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
});

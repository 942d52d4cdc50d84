import { describe, expect, test } from '@jest/globals';
import {
  type App,
  CfnDeletionPolicy,
  CfnResource,
  Lazy,
  Stack,
  Tags,
  aws_kms as kms,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { attributeOf, resolvedJson } from '../../../constructs/aws/resolved-json';
import { resolveOnce } from '../../../constructs/aws/resolved-once';
import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import { testApp } from '../../support/app';

const app = (): App => testApp({ analyticsReporting: false });

/** A key and a queue with a policy of it, a tag of the app, an override and an order: what a template is made of. */
function example(change: (stack: Stack) => void): { template: Record<string, unknown>; asked: number } {
  const root = app();
  const stack = new Stack(root, 'S');
  let asked = 0;
  const key = new kms.CfnKey(stack, 'Key', {
    description: Lazy.uncachedString({
      produce: () => {
        asked += 1;
        return 'key';
      },
    }),
    keyPolicy: resolvedJson({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [], Nothing: {} }] }),
  });
  key.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  const arn = attributeOf(stack, key.attrArn);
  const queue = new sqs.CfnQueue(stack, 'Queue', { kmsMasterKeyId: arn.text });
  queue.addPropertyOverride('DelaySeconds', 5);
  queue.addResourceDependency(key);
  new sqs.CfnQueuePolicy(stack, 'Policy', {
    queues: [queue.ref],
    policyDocument: resolvedJson({ Statement: [{ Condition: { ArnEquals: { 'kms:Arn': arn.json } } }] }),
  });
  change(stack);
  Tags.of(root).add('owner', 'platform');
  return { template: Template.fromStack(stack).toJSON(), asked };
}

describe('a stack whose resources are resolved once', () => {
  test('has the template that CDK writes without it, tags of the app and overrides included', () => {
    const plain = example(() => undefined);
    const once = example(resolveOnce);
    expect(JSON.stringify(once.template)).toBe(JSON.stringify(plain.template));
    expect(once.template).toMatchObject({
      Resources: {
        Key: { DeletionPolicy: 'Retain', Properties: { Tags: [{ Key: 'owner', Value: 'platform' }] } },
        Queue: {
          DependsOn: ['Key'],
          Properties: { DelaySeconds: 5, KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
        Policy: {
          Properties: {
            PolicyDocument: {
              Statement: [{ Condition: { ArnEquals: { 'kms:Arn': { 'Fn::GetAtt': ['Key', 'Arn'] } } } }],
            },
          },
        },
      },
    });
  });

  test('asks for each value once less than CDK alone, which asks to find references and again to render', () => {
    expect(example(resolveOnce).asked).toBe(example(() => undefined).asked - 1);
  });

  test('fails the guards when it refers to another stack', () => {
    const root = app();
    const other = new kms.CfnKey(new Stack(root, 'Other'), 'Key', {});
    const stack = new Stack(root, 'S');
    new sqs.CfnQueue(stack, 'Queue', { kmsMasterKeyId: other.attrArn });
    resolveOnce(stack);
    const template = Template.fromStack(stack).toJSON();
    expect(templateFaults(template, { stackName: 'S' })).toContain(
      "S/Queue: Properties.KmsMasterKeyId: got a reference to 'Key', allowed a resource or parameter of this template; name it",
    );
  });

  test('stops with the name of a resource that CDK would render in another way', () => {
    const stack = new Stack(app(), 'S');
    const resource = new CfnResource(stack, 'R', { type: 'AWS::SNS::Topic' });
    Object.defineProperty(resource, '_toCloudFormation', { value: undefined });
    expect(() => {
      resolveOnce(stack);
    }).toThrow("S/R: got no _toCloudFormation, allowed CDK's own");
  });
});

test('a token inside resolved JSON of a stack that is resolved once fails the guards', () => {
  const stack = new Stack(app(), 'S');
  const key = new kms.CfnKey(stack, 'Key', {});
  new sqs.CfnQueuePolicy(stack, 'Policy', { queues: ['q'], policyDocument: resolvedJson({ Resource: key.attrArn }) });
  resolveOnce(stack);
  const template = Template.fromStack(stack).toJSON();
  expect(templateFaults(template, { stackName: 'S' }).join('\n')).toMatch(
    /^S\/Policy: Properties\.PolicyDocument\.Resource: got '\$\{Token\[.*\]\}', allowed no unresolved token;/m,
  );
});

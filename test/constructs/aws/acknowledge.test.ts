import { expect, test } from '@jest/globals';
import { CfnResource, Stack, aws_s3 as s3 } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { acknowledge, explain } from '../../../constructs/aws/acknowledge';
import { nagFindings } from '../../support/nag';
import { testApp } from '../../support/app';

const bucket = (): { stack: Stack; bucket: s3.Bucket } => {
  const stack = new Stack(testApp(), 'S');
  return { stack, bucket: new s3.Bucket(stack, 'B') };
};

test('an acknowledged finding goes, its neighbours stay', () => {
  const { stack, bucket: b } = bucket();
  const before = nagFindings(stack).findings;
  expect(before).toContain('AwsSolutions-S1 S/B/Resource');
  acknowledge(b, ['AwsSolutions-S1'], 'access is recorded by the organisation trail instead');
  expect(nagFindings(stack).findings).toEqual(before.filter((finding) => !finding.startsWith('AwsSolutions-S1 ')));
});

test('a reason that says nothing is refused', () => {
  const { bucket: b } = bucket();
  expect(() => {
    acknowledge(b, ['AwsSolutions-S1'], 'not needed');
  }).toThrow(
    "S/B: acknowledge(AwsSolutions-S1): got the reason 'not needed' of 10 characters, allowed 20 or more; write why the exception holds here",
  );
});

test('an explanation lies in the template', () => {
  const stack = new Stack(testApp(), 'S');
  explain(new CfnResource(stack, 'R', { type: 'AWS::SNS::Topic' }), 'a reason of more than twenty characters');
  Template.fromStack(stack).hasResource('AWS::SNS::Topic', {
    Metadata: { 'atoll:reason': 'a reason of more than twenty characters' },
  });
});

test('nag over nothing is a failure, not a pass', () => {
  expect(() => nagFindings(new Stack(testApp(), 'Empty'))).toThrow(
    'Empty: got 0 rules of AwsSolutions evaluated over 0 resources, allowed 1 or more; pass a scope with resources in it',
  );
  expect(() => nagFindings()).toThrow('nagFindings: got no scope, allowed 1 or more; pass an app or its stacks');
});

import { expect, test } from '@jest/globals';
import { roleArnParts, roleArnSchema } from '../../schema/role-arn';

test('a role is known by its account and by its name without the path', () => {
  const arn = 'arn:aws:iam::100000000008:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Platform_0a1b';
  expect(roleArnSchema.parse(arn)).toBe(arn);
  expect(roleArnParts(arn)).toEqual({ account: '100000000008', name: 'AWSReservedSSO_Platform_0a1b' });
  expect(roleArnParts('arn:aws:iam::100000000008:role/pipeline').name).toBe('pipeline');
});

test('what is no role has no parts', () => {
  expect(() => roleArnParts('arn:aws:iam::100000000008:user/pipeline')).toThrow(
    "got 'arn:aws:iam::100000000008:user/pipeline', allowed the ARN of an IAM role; write it as arn:aws:iam::<account>:role/<name>",
  );
});

import { z } from 'zod';

/** ARN of an IAM role with its path: EKS and `aws:PrincipalArn` compare it whole. */
export const roleArnSchema = z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of an IAM role');

/** Account and name of a role, of an ARN that the schema has let through; IAM's commands ask for the name without its path. */
export function roleArnParts(roleArn: string): { readonly account: string; readonly name: string } {
  const [, account, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (account === undefined || name === undefined) {
    throw new Error(`got '${roleArn}', allowed the ARN of an IAM role; write it as arn:aws:iam::<account>:role/<name>`);
  }
  return { account, name };
}

import { expect, jest, test } from '@jest/globals';
import { atollProgram } from '../../cli/program';
import { environments, smallestEnvironment } from '../support/environments';
import { temporaryFolder } from '../support/temporary';

jest.mock('aws-cdk-lib', () => {
  throw new Error('the CDK is loaded');
});

jest.mock('@pulumi/pulumi', () => {
  throw new Error('Pulumi is loaded');
});

const output = temporaryFolder();
const synth = (...args: string[]): Promise<unknown> =>
  atollProgram(environments).parseAsync(['synth', '-o', output, ...args], { from: 'user' });

test('a command line at fault, or an environment, is reported before the CDK or Pulumi is loaded', async () => {
  await expect(synth('-e', 'nope')).rejects.toThrow("--env: got 'nope'");
  const name = smallestEnvironment();
  await expect(synth('-e', name, '-t', 'nobody')).rejects.toThrow("tenant: got 'nobody'");
  await expect(synth('-e', name)).rejects.toThrow('the CDK is loaded');
});

import { expect, test } from '@jest/globals';
import { appContext } from '../../infra/context';

test('the context of the CDK CLI gives the environment and the tenant', () => {
  const own = { 'aws:cdk:bundling-stacks': ['**'], '@aws-cdk/core:failSynthOnValidationErrors': false };
  expect(appContext({ ...own, env: 'one', tenant: 'acme' })).toEqual({ env: 'one', tenant: 'acme' });
  expect(appContext(own)).toEqual({});
});

test('what the CDK CLI notes down for itself in cdk.context.json is passed over', () => {
  const noted = { 'cli-telemetry': false, 'acknowledged-issue-numbers': [19836] };
  expect(appContext({ ...noted, env: 'dev' })).toEqual({ env: 'dev' });
});

test('keys that nobody reads are refused together', () => {
  expect(() => appContext({ env: 'one', tenent: 'acme', region: 'eu-west-1' })).toThrow(
    "-c tenent: got 'acme', allowed 'env' or 'tenant'; did you mean 'tenant'\n" +
      "-c region: got 'eu-west-1', allowed 'env' or 'tenant'; remove it",
  );
});

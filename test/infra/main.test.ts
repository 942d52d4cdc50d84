import { describe, expect, test } from '@jest/globals';
import { failure, run, type Ran } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

const copy = new ProjectCopy();
copy.write(
  'environments/one/tenants/gone-labs.yaml',
  `id: gone-labs
state: erased
region: eu-central-1
data:
  - class: text
    retentionDays: 60
monthlyBudgetUsd: 50
`,
);

/** `npx cdk` with what the CDK CLI asks its makers for turned off. */
function cdk(line: string, env: Readonly<Record<string, string>> = {}): Ran {
  return run(copy.path('node_modules/.bin/cdk'), line.split(' '), {
    project: copy.root,
    env: { CDK_NOTICES: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true', ...env },
  });
}

/** The CDK CLI's own line about an app that failed. */
const ENDED = 'node --require tsx/cjs infra/main.ts: Subprocess exited with error 1';
const NAMES = 'allowed one, two; name one of them';

describe('an app that cannot be made is one message, and no output', () => {
  test.each([
    ['synth -c env=nope', `-c env: got 'nope', ${NAMES}`],
    ['ls', `-c env: got nothing, ${NAMES}`],
    ['ls -c env=one -c tenent=acme', "-c tenent: got 'acme', allowed 'env' or 'tenant'; did you mean 'tenant'"],
    [
      'synth -c env=one -c tenant=gone-labs',
      "environments/one/tenants: tenant: got 'gone-labs', whose state is 'erased', allowed a tenant that has a stack; name another",
    ],
  ])('cdk %s', (line, message) => {
    expect(cdk(line)).toEqual(failure(message, ENDED));
    // The CDK CLI makes the folder before it runs the app.
    expect(everything(copy.path('cdk.out'))).toEqual({});
  });
});

test('the app has a stack trace where ATOLL_VERBOSE asks for it', () => {
  const app = (env: Readonly<Record<string, string>>): Ran =>
    run(process.execPath, ['--require', 'tsx/cjs', 'infra/main.ts'], {
      project: copy.root,
      env: { CDK_CONTEXT_JSON: '{ "env": "one", "tenant": "nobody" }', ...env },
    });
  const message =
    "environments/one/tenants: tenant: got 'nobody', allowed one of the 3 tenants of the environment; name one of them";
  expect(app({})).toEqual(failure(message));
  const { stderr, ...rest } = app({ ATOLL_VERBOSE: '1' });
  expect(rest).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/\n( {4}at .*\n)+$/);
  expect(stderr).toContain(message);
});

test('cdk ls lists the stacks of the one tenant, whatever the CLI noted down for itself', () => {
  copy.write('cdk.context.json', '{ "cli-telemetry": false, "acknowledged-issue-numbers": [19836] }');
  expect(cdk('ls -c env=one -c tenant=acme')).toEqual({
    status: 0,
    stdout: 'one/tenant-acme (one-tenant-acme)\n',
    stderr: '',
  });
});

test('cdk ls lists every stack of the environment', () => {
  const { status, stdout, stderr } = cdk('ls -c env=one');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const inCluster = ['cluster', 'delivery', 'evidence', 'network', 'operations', 'registry'];
  expect(stdout.trimEnd().split('\n').sort()).toEqual(
    [
      ...['production', 'research'].flatMap((cluster) => inCluster.map((part) => `${cluster}-${part}`)),
      'production-ingest',
      'research-data-access',
      'research-data-catalogue',
      'tenant-acme',
      'tenant-birch',
    ]
      .map((id) => `one/${id} (one-${id})`)
      .sort(),
  );
});

import { expect, test } from '@jest/globals';
import { guardRails } from '../../infra/audit/guard-rails';
import { prerequisites } from '../../infra/aws/prerequisites';
import { run } from '../support/command-line';
import { sampleEnvironment } from '../support/sample-environment';
import { auditOf } from './audit/sample-audit';

const text = prerequisites(sampleEnvironment());
const rails = guardRails(auditOf([sampleEnvironment()]));

test('every policy that the synth writes is attached to the accounts that it is for, by the name of its file', () => {
  const attached = [...text.matchAll(/^attach (\S+) (\S+) (.*)$/gm)].map(([, type, name, targets = '']) => ({
    type,
    name,
    targets: targets.split(' '),
  }));
  expect(attached).toEqual(rails.map(({ type, name, targets }) => ({ type, name, targets })));
  expect(text).toContain('"file://dist/audit/444444444444/$NAME.json"');
});

test('Pulumi keeps its state in the audit account, and no command of that section is for an account of a cluster', () => {
  const section = text.slice(text.indexOf('## 5. Audit account'), text.indexOf('## 6. Guard rails'));
  expect(section).toContain('pulumi login "s3://atoll-audit-state-444444444444?region=$REGION"');
  expect(section).toContain(
    'pulumi stack init 444444444444 --secrets-provider "awskms://alias/atoll/audit/state?region=$REGION"',
  );
  for (const account of ['222222222222', '333333333333']) expect(section).not.toContain(account);
});

test('the guard rails come after the bootstrap and before the first deploy', () => {
  const places = ['npx cdk bootstrap', 'attach SERVICE_CONTROL_POLICY', 'npx cdk deploy'].map((what) =>
    text.indexOf(what),
  );
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(places).not.toContain(-1);
});

test('the commands that attach them are read by bash', () => {
  const script = /```sh\nattach\(\) \{[^`]*```/.exec(text)?.[0].replace(/```(sh)?\n?/g, '') ?? 'false (';
  expect(run('bash', ['-n', '-c', script]).status).toBe(0);
});

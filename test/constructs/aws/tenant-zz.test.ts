import { expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { TenantStack } from '../../../infra/aws/tenant-stack';
import { sampleEnvironment } from '../../support/sample-environment';
import { nagFindings } from '../../support/nag';
import { writeFileSync } from 'node:fs';
test('x', () => {
  const env = sampleEnvironment();
  const app = new App();
  for (const tenant of env.tenants) new TenantStack(app, `tenant-${tenant.id}`, { env, tenant, files: [{cluster:'production', key:`index/${tenant.id}.yaml`, text:'a: 1\n', owner:{kind:'tenant', id: tenant.id}}], stackEnv: { account: env.accounts.production, region: env.region } });
  console.log(JSON.stringify(nagFindings(app), null, 1));
  const asm = app.synth();
  writeFileSync('/tmp/tn/t.json', JSON.stringify(asm.getStackByName('sample-tenant-acme').template, null, 1));
  expect(1).toBe(1);
});

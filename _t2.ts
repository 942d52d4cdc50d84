import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Template } from 'aws-cdk-lib/assertions';
import { NetworkStack } from './infra/aws/network-stack';
import { OperationsStack } from './infra/aws/operations-stack';
import { IngestStack } from './infra/aws/ingest';
import { sampleEnvironment } from './test/support/sample-environment';
import { nagFindings } from './test/support/nag';
const env = sampleEnvironment();
for (const cluster of ['production','research'] as const) {
  const app = new App({context:{...flags}, builtinCloudFormationValidation: process.env.V==='1'} as never);
  const stackEnv = { account: env.accounts[cluster], region: env.region };
  const stacks = [new NetworkStack(app, 'N', { env, cluster, stackEnv }), new OperationsStack(app, 'O', { env, cluster, stackEnv }), new IngestStack(app,'I',{env,stackEnv})];
  console.log(nagFindings(...stacks));
  app.synth();
  for (const s of stacks){
  const t = Template.fromStack(s).toJSON();
  if (cluster==='production') require('fs').writeFileSync(`/tmp/${s.node.id}.json`, JSON.stringify(t,null,1));
  console.log(s.node.id, Object.keys(t.Resources).length, JSON.stringify(t).length);
  }
}

import { App } from 'aws-cdk-lib';
import { mkdtempSync, writeFileSync, readFileSync } from 'node:fs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { NetworkStack } from './aws/network-stack';
import { ClusterStack } from './aws/cluster-stack';
import { sampleEnvironment } from '../test/support/sample-environment';
import { templateFaults } from '../constructs/guards/templates/template-faults';
const env = sampleEnvironment();
const app = new App({ outdir: '/tmp/clsynth', context: { ...recommendedFlags }, analyticsReporting: false, treeMetadata: false, stackTraces: false, builtinCloudFormationValidation: true } as never);
const d = mkdtempSync('/tmp/sync-'); writeFileSync(d + '/Chart.yaml', 'name: x\n');
for (const cluster of ['production', 'research'] as const) {
  const stackEnv = { account: env.accounts[cluster], region: env.region };
  const n = new NetworkStack(app, cluster + '-network', { env, cluster, stackEnv: stackEnv as never });
  new ClusterStack(app, cluster + '-cluster', { env, cluster, stackEnv, vpc: n.vpc, systemSubnets: n.systemSubnets, syncChart: d });
}
app.synth();
for (const c of ['production','research'] as const) {
  const t = JSON.parse(readFileSync(`/tmp/clsynth/${c}-cluster.template.json`, 'utf8'));
  console.log('FAULTS', templateFaults(t, { stackName: c, account: env.accounts[c], knownRoleArns: new Set<string>() }), Object.keys(t.Resources).length, JSON.stringify(t).length, Object.keys(t.Conditions ?? {}), Object.keys(t.Outputs ?? {}), Object.keys(t.Parameters ?? {}));
}

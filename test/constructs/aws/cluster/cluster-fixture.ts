import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ClusterStack } from '../../../../infra/aws/cluster-stack';
import type { Environment } from '../../../../schema/model';
import type { ClusterName } from '../../../../schema/vocabulary';
import { sampleEnvironment } from '../../../support/sample-environment';

class ZonedStack extends Stack {
  override get availabilityZones(): string[] {
    return ['eu-central-1a', 'eu-central-1b'];
  }
}

export interface ClusterFixture {
  readonly env: Environment;
  readonly stack: ClusterStack;
  readonly template: Template;
  readonly resources: Record<string, CfnResourceJson>;
}

export interface CfnResourceJson {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** The cluster's stack of the sample environment, synthesized with a VPC of system subnets beside it. */
export function clusterFixture(cluster: ClusterName, env: Environment = sampleEnvironment()): ClusterFixture {
  const app = new App({ context: { ...recommendedFlags }, builtinCloudFormationValidation: false });
  const stackEnv = { account: env.accounts[cluster], region: env.region };
  const network = new ZonedStack(app, 'network', { env: stackEnv });
  const vpc = new ec2.Vpc(network, 'Vpc', {
    maxAzs: 2,
    subnetConfiguration: [
      { name: 'public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'system', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    ],
  });
  const syncChart = mkdtempSync(join(tmpdir(), 'sync-chart-'));
  writeFileSync(join(syncChart, 'Chart.yaml'), 'apiVersion: v2\nname: sync\nversion: 0.0.1\n');
  const stack = new ClusterStack(app, 'cluster', {
    env,
    cluster,
    stackEnv,
    vpc,
    systemSubnets: { subnetGroupName: 'system' },
    syncChart,
  });
  const template = Template.fromStack(stack);
  return { env, stack, template, resources: template.toJSON().Resources as Record<string, CfnResourceJson> };
}

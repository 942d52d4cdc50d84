import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ClusterStack } from '../../../../infra/aws/cluster-stack';
import type { Environment } from '../../../../schema/model';
import type { ClusterName } from '../../../../schema/vocabulary';
import { testApp } from '../../../support/app';
import { sampleEnvironment } from '../../../support/sample-environment';
import { temporaryFolder } from '../../../support/temporary';

export interface ResourceJson {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

class ZonedStack extends Stack {
  override get availabilityZones(): string[] {
    return ['eu-central-1a', 'eu-central-1b'];
  }
}

/** The cluster's stack of the sample environment, synthesized with a VPC beside it, and ways to look into its template. */
export class ClusterFixture {
  readonly stack: ClusterStack;
  readonly template: Template;
  readonly resources: Record<string, ResourceJson>;

  constructor(
    readonly cluster: ClusterName,
    readonly env: Environment = sampleEnvironment(),
  ) {
    const app = testApp({ context: { ...recommendedFlags } });
    const stackEnv = { account: env.accounts[cluster], region: env.region };
    const network = new ZonedStack(app, 'network', { env: stackEnv });
    const vpc = new ec2.Vpc(network, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'system', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const syncChart = temporaryFolder();
    writeFileSync(join(syncChart, 'Chart.yaml'), 'apiVersion: v2\nname: sync\nversion: 0.0.1\n');
    const systemSubnets = { subnetGroupName: 'system' };
    this.stack = new ClusterStack(app, 'cluster', { env, cluster, stackEnv, vpc, systemSubnets, syncChart });
    this.template = Template.fromStack(this.stack);
    this.resources = this.template.toJSON().Resources as Record<string, ResourceJson>;
  }

  /** The logical id of the one resource of a type whose properties have this value. */
  idOf(type: string, property: string, value: unknown): string {
    const found = Object.entries(this.resources).filter(
      ([, resource]) =>
        resource.Type === type && JSON.stringify(resource.Properties?.[property]) === JSON.stringify(value),
    );
    const [only, ...more] = found;
    if (only === undefined || more.length > 0) {
      throw new Error(`${type}: got ${found.length} with ${property} = ${JSON.stringify(value)}, allowed 1`);
    }
    return only[0];
  }

  properties(id: string): Record<string, unknown> {
    return this.resources[id]?.Properties ?? {};
  }

  /** Every resource that must exist before this one: by DependsOn, Ref and GetAtt, through any number of steps. */
  before(id: string, seen = new Set<string>()): Set<string> {
    for (const next of this.directlyBefore(id)) {
      if (seen.has(next)) continue;
      seen.add(next);
      this.before(next, seen);
    }
    return seen;
  }

  directlyBefore(id: string): string[] {
    const resource = this.resources[id];
    if (resource === undefined) return [];
    const text = JSON.stringify(resource.Properties ?? {});
    const references = [...text.matchAll(/"(?:Ref":"|Fn::GetAtt":\[")(\w+)"/g)].map((match) => match[1] ?? '');
    return [...[resource.DependsOn ?? []].flat(), ...references].filter((name) => name in this.resources);
  }

  /** Statements of every identity policy of the stack, managed and inline. */
  identityStatements(): Statement[] {
    return Object.values(this.resources)
      .filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy' || Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => statementsOf(Properties?.PolicyDocument));
  }

  /** Statements of the policies that a role is given, customer-managed and those attached by name of the role. */
  statementsOfRole(roleName: string): Statement[] {
    const arns = (this.properties(this.idOf('AWS::IAM::Role', 'RoleName', roleName)).ManagedPolicyArns ?? []) as {
      Ref?: string;
    }[];
    return arns.flatMap(({ Ref }) => (Ref === undefined ? [] : statementsOf(this.properties(Ref).PolicyDocument)));
  }
}

export function statementsOf(document: unknown): Statement[] {
  return (document as { Statement?: Statement[] } | undefined)?.Statement ?? [];
}

export const actionsOf = (statements: readonly Statement[]): string[] =>
  [...new Set(statements.flatMap(({ Action }) => Action))].sort();

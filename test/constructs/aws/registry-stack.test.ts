import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { repositoryPolicy } from '../../../constructs/aws/registry/repository-policy';
import { RegistryStack } from '../../../infra/aws/registry-stack';
import { CHARTS } from '../../../schema/charts';
import { IMAGES } from '../../../schema/images';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { type Context, judge } from './tenant-policy-request';
import { testApp } from '../../support/app';

const env = sampleEnvironment();
const stackOf = (cluster: ClusterName): RegistryStack =>
  new RegistryStack(testApp(), `${cluster}-registry`, {
    env,
    cluster,
    stackEnv: { account: env.accounts[cluster], region: env.region },
  });
const templates = {
  production: Template.fromStack(stackOf('production')),
  research: Template.fromStack(stackOf('research')),
};
const template = templates.production;

test('there is a repository for every image and chart of the cluster, and for no other', () => {
  for (const cluster of ['production', 'research'] as const) {
    const of = (
      list: Readonly<Record<string, { readonly clusters: readonly ClusterName[] }>>,
      folder: string,
    ): string[] =>
      Object.entries(list)
        .filter(([, entry]) => entry.clusters.includes(cluster))
        .map(([id]) => `atoll/sample/${folder}${id}`);
    const found = Object.values(templates[cluster].findResources('AWS::ECR::Repository')) as {
      Properties: { RepositoryName: string };
    }[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ Properties }) => Properties.RepositoryName).sort()).toEqual(
      [...of(IMAGES, ''), ...of(CHARTS, 'charts/')].sort(),
    );
  }
});

test('tags are immutable, pushes scanned, layers under the key, repositories retained', () => {
  template.allResources('AWS::ECR::Repository', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  template.allResourcesProperties('AWS::ECR::Repository', {
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    EncryptionConfiguration: { EncryptionType: 'KMS' },
  });
});

test('only what no tag names expires', () => {
  const repositories = Object.values(template.findResources('AWS::ECR::Repository')) as {
    Properties: { LifecyclePolicy: { LifecyclePolicyText: string } };
  }[];
  for (const { Properties } of repositories) {
    const { rules } = JSON.parse(Properties.LifecyclePolicy.LifecyclePolicyText) as {
      rules: { selection: { tagStatus: string; countNumber: number } }[];
    };
    expect(rules.map(({ selection }) => [selection.tagStatus, selection.countNumber])).toEqual([['untagged', 14]]);
  }
});

test('the mirror pushes, the named roles pull, nobody else does, nobody deletes', () => {
  const roleArn = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;
  const policy = repositoryPolicy([roleArn('node')], roleArn('mirror'));
  const denied = (name: string, action: string): string[] => {
    const context: Context = { 'aws:PrincipalArn': roleArn(name), 'aws:PrincipalIsAWSService': 'false' };
    return judge(policy, { action, resource: '', context }).denied;
  };
  expect(denied('mirror', 'ecr:PutImage')).toEqual([]);
  expect(denied('node', 'ecr:PutImage')).toEqual(['NobodyElsePushes']);
  expect(denied('Admin', 'ecr:PutImage')).toEqual(['NobodyElsePushes']);
  expect(denied('node', 'ecr:BatchGetImage')).toEqual([]);
  expect(denied('mirror', 'ecr:BatchGetImage')).toEqual([]);
  expect(denied('Admin', 'ecr:BatchGetImage')).toEqual(['NobodyElsePulls']);
  expect(denied('mirror', 'ecr:BatchDeleteImage')).toEqual(['NobodyDeletes']);
});

test('images are pulled by the nodes, charts by Flux, and the chart of Flux by the deploy too', () => {
  const pullers = (repository: string): string[] => {
    const [found] = Object.values(
      template.findResources('AWS::ECR::Repository', { Properties: { RepositoryName: repository } }),
    ) as {
      Properties: {
        RepositoryPolicyText: { Statement: { Sid: string; Condition: { ArnNotEquals: Record<string, string[]> } }[] };
      };
    }[];
    const statement = found?.Properties.RepositoryPolicyText.Statement.find(({ Sid }) => Sid === 'NobodyElsePulls');
    return (statement?.Condition.ArnNotEquals['aws:PrincipalArn'] ?? []).map((name) =>
      name.replace(/^.*sample-production-/, ''),
    );
  };
  expect(pullers('atoll/sample/pipeline-worker')).toEqual(['node', 'system-node', 'image-mirror']);
  expect(pullers('atoll/sample/charts/karpenter')).toEqual(['flux-source', 'image-mirror']);
  expect(pullers('atoll/sample/charts/flux2')).toEqual(['flux-source', 'kubernetes', 'image-mirror']);
});

interface MirrorRole {
  readonly Properties: {
    readonly RoleName: string;
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly { readonly Principal: object }[] };
    readonly Policies: readonly { readonly PolicyDocument: object }[];
  };
}
const mirrorRole = (cluster: ClusterName): MirrorRole | undefined =>
  (Object.values(templates[cluster].findResources('AWS::IAM::Role')) as MirrorRole[])[0];

test.each(CLUSTERS)(
  "the mirror role of %s is assumed by the environment's one role for it, in its account and organisation",
  (cluster) => {
    const role = mirrorRole(cluster);
    expect(role?.Properties.RoleName).toBe(`atoll-sample-${cluster}-image-mirror`);
    const trust = role?.Properties.AssumeRolePolicyDocument;
    expect(trust?.Statement.map(({ Principal }) => Principal)).toEqual([{ AWS: 'arn:aws:iam::666666666666:root' }]);
    const assumes = (principal: string, organization: string): string[] =>
      judge(trust, {
        action: 'sts:AssumeRole',
        resource: '',
        context: { 'aws:PrincipalArn': principal, 'aws:PrincipalOrgID': organization },
      }).allowed;
    expect(assumes(env.imageMirrorPrincipal, env.organizationId)).toEqual(['WhoMirrors']);
    expect(assumes(env.imageMirrorPrincipal, 'o-other')).toEqual([]);
    expect(assumes('arn:aws:iam::666666666666:role/pipeline', env.organizationId)).toEqual([]);
    expect(assumes('arn:aws:iam::222222222222:role/Admin', env.organizationId)).toEqual([]);
  },
);

test('the mirror role pushes into these repositories alone', () => {
  const role = mirrorRole('production');
  const pushes = (repository: string): string[] =>
    judge(role?.Properties.Policies[0]?.PolicyDocument, {
      action: 'ecr:PutImage',
      resource: `arn:aws:ecr:eu-central-1:222222222222:repository/${repository}`,
      context: {},
    }).allowed;
  expect(pushes('atoll/sample/pipeline-worker')).toEqual(['Push']);
  expect(pushes('atoll/other/pipeline-worker')).toEqual([]);
});

test('the key is granted through ECR for AWS resources only', () => {
  const [key] = Object.values(template.findResources('AWS::KMS::Key')) as { Properties: { KeyPolicy: object } }[];
  const allowed = (action: string, context: Context): string[] =>
    judge(key?.Properties.KeyPolicy, { action, resource: '*', context }).allowed;
  const ecr = { 'kms:ViaService': 'ecr.eu-central-1.amazonaws.com', 'kms:GrantIsForAWSResource': 'true' };
  expect(allowed('kms:CreateGrant', ecr)).toEqual(['RepositoriesGrant']);
  expect(allowed('kms:CreateGrant', { ...ecr, 'kms:GrantIsForAWSResource': 'false' })).toEqual([]);
  expect(allowed('kms:Decrypt', ecr)).toEqual([]);
});

test('no rule of the packs finds anything, on either cluster', () => {
  expect(nagFindings(stackOf('production'), stackOf('research')).findings).toEqual([]);
});

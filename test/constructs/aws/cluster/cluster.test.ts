import { beforeAll, describe, expect, test } from '@jest/globals';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { nagFindings } from '../../../support/nag';
import { connectedEnvironment } from '../network-fixture';
import { actionsOf, ClusterFixture, statementsOf } from './cluster-fixture';

let production: ClusterFixture;
let research: ClusterFixture;
beforeAll(() => {
  production = new ClusterFixture('production');
  research = new ClusterFixture('research');
});

describe('the control plane', () => {
  test('is private, without Auto Mode, bootstrap admin or self-managed add-ons, and cannot be deleted by a slip', () => {
    production.template.hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'atoll-sample-production',
      Version: '1.36',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      BootstrapSelfManagedAddons: false,
      ComputeConfig: { Enabled: false },
      StorageConfig: { BlockStorage: { Enabled: false } },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
      DeletionProtection: true,
      UpgradePolicy: { SupportType: 'STANDARD' },
    });
  });

  test('logs all five types into a group of its own that is encrypted, retained and there before EKS makes one', () => {
    const [cluster] = Object.keys(production.template.findResources('AWS::EKS::Cluster'));
    production.template.hasResourceProperties('AWS::EKS::Cluster', {
      Logging: {
        ClusterLogging: {
          EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })),
        },
      },
    });
    const group = production.idOf('AWS::Logs::LogGroup', 'LogGroupName', '/aws/eks/atoll-sample-production/cluster');
    const key = production.idOf('AWS::KMS::Key', 'Description', 'Logs of the production cluster of sample');
    expect(production.properties(group)).toMatchObject({
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
    });
    expect(production.before(cluster ?? '')).toContain(group);
  });

  test('encrypts secrets with a key that rotates', () => {
    const key = production.idOf('AWS::KMS::Key', 'Description', 'Secrets of the production cluster of sample');
    production.template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [{ Provider: { KeyArn: { 'Fn::GetAtt': [key, 'Arn'] } }, Resources: ['secrets'] }],
    });
  });

  test('has no OIDC provider, no IRSA leftovers and no managed administrator policy', () => {
    const text = JSON.stringify(production.template.toJSON());
    expect(text).not.toMatch(/oidc/i);
    expect(text).not.toContain('AdministratorAccess');
    expect(text).not.toContain('AmazonSSM');
    expect(text).not.toContain('AL2_');
    production.template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 3);
    research.template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 2);
  });
});

describe('the private endpoint', () => {
  const endpointGroup = (fixture: ClusterFixture): string =>
    fixture.idOf('AWS::EC2::SecurityGroup', 'GroupDescription', 'Private endpoint of the API server');

  test('has a group of its own beside EKS’s, which opens to nobody where no network is connected', () => {
    const group = endpointGroup(production);
    production.template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }] },
    });
    expect(production.properties(group).SecurityGroupIngress).toBeUndefined();
  });

  test('opens on 443 to the connected network, without another right, and without a door in the nodes', () => {
    for (const unconnected of [production, research]) {
      const connected = new ClusterFixture(unconnected.cluster, connectedEnvironment());
      const group = endpointGroup(connected);
      expect(connected.properties(group).SecurityGroupIngress).toEqual(
        ['10.200.0.0/16', '192.168.7.0/24'].map((CidrIp) => ({
          CidrIp,
          Description: 'API server from the connected network',
          FromPort: 443,
          IpProtocol: 'tcp',
          ToPort: 443,
        })),
      );
      expect({ ...connected.resources, [group]: undefined }).toEqual({ ...unconnected.resources, [group]: undefined });
      expect(nagFindings(connected.stack).findings).toEqual([]);
    }
  });
});

describe('access', () => {
  const policy = (name: string): object => ({
    PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    AccessScope: { Type: 'cluster' },
  });

  test('administrators get an access policy, viewers a group whose rights are ours', () => {
    research.template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::333333333333:role/sign-in/platform-admin',
      Type: 'STANDARD',
      AccessPolicies: [policy('AmazonEKSClusterAdminPolicy')],
    });
    research.template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::333333333333:role/sign-in/platform-viewer',
      KubernetesGroups: ['atoll-viewers'],
      Username: 'person:{{SessionNameRaw}}',
      AccessPolicies: Match.absent(),
    });
  });

  test("a research team's people keep their own names and get a group instead of an access policy", () => {
    research.template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::333333333333:role/sign-in/research-speech',
      Type: 'STANDARD',
      KubernetesGroups: ['research-speech'],
      Username: 'person:{{SessionNameRaw}}',
      AccessPolicies: Match.absent(),
    });
  });

  test('no research team may talk to the production cluster', () => {
    const entries = Object.values(production.template.findResources('AWS::EKS::AccessEntry'));
    expect(JSON.stringify(entries)).not.toContain('research');
    // The administrator, the nodes and the Kubernetes handler.
    expect(entries).toHaveLength(3);
  });

  test("Karpenter's nodes may join", () => {
    const role = production.idOf('AWS::IAM::Role', 'RoleName', 'atoll-sample-production-node');
    production.template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: { 'Fn::GetAtt': [role, 'Arn'] },
      Type: 'EC2_LINUX',
    });
  });
});

describe('every policy of the stack', () => {
  test('allows no wildcard action', () => {
    for (const fixture of [production, research]) {
      const resourcePolicies = Object.values(fixture.resources).flatMap(({ Properties }) => [
        ...statementsOf(Properties?.KeyPolicy),
        ...statementsOf(Properties?.AssumeRolePolicyDocument),
        ...statementsOf(Properties?.PolicyDocument),
      ]);
      const allowed = [...fixture.identityStatements(), ...resourcePolicies].filter(({ Effect }) => Effect === 'Allow');
      expect(allowed.length).toBeGreaterThan(30);
      expect(actionsOf(allowed).filter((action) => action.includes('*'))).toEqual([]);
    }
  });

  test('stays below 6,144 characters', () => {
    const sizes = Object.values(production.resources)
      .filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')
      .map(({ Properties }) => JSON.stringify(Properties?.PolicyDocument).length);
    expect(sizes.length).toBeGreaterThan(8);
    expect(Math.max(...sizes)).toBeLessThan(6144);
  });

  test('names no principal that a fresh account may lack', () => {
    const principals = Object.values(production.resources)
      .filter(({ Type }) => Type === 'AWS::KMS::Key')
      .flatMap(({ Properties }) =>
        statementsOf(Properties?.KeyPolicy).map(({ Principal }) => JSON.stringify(Principal)),
      );
    expect([...new Set(principals)].sort()).toEqual([
      '{"AWS":"*"}',
      '{"AWS":"arn:aws:iam::222222222222:root"}',
      '{"Service":"logs.eu-central-1.amazonaws.com"}',
    ]);
  });

  test('lets anybody named by condition use the volume key in the account only', () => {
    const key = production.idOf('AWS::KMS::Key', 'Description', 'EBS volumes of the production cluster of sample');
    const open = statementsOf(production.properties(key).KeyPolicy).filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}',
    );
    expect(open).toHaveLength(4);
    for (const { Condition } of open) {
      expect(Condition?.StringEquals?.['kms:CallerAccount']).toBe('222222222222');
      expect(Condition?.ArnEquals?.['aws:PrincipalArn']).toBeDefined();
    }
  });
});

describe('the whole stack', () => {
  test('has no finding of cdk-nag that is not acknowledged with a reason', () => {
    for (const fixture of [production, research]) {
      const { findings, resources } = nagFindings(fixture.stack);
      expect(findings).toEqual([]);
      expect(resources).toBeGreaterThan(50);
    }
  });

  test('warns of nothing but the isolated subnets, which are meant', () => {
    const warnings = Annotations.fromStack(production.stack).findWarning('*', Match.anyValue());
    expect(warnings.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(/^Isolated subnets are being used for kubectl private subnets\./),
    ]);
  });

  test('has no dependency cycle', () => {
    for (const fixture of [production, research]) {
      const cyclic = Object.keys(fixture.resources).filter((id) => fixture.before(id).has(id));
      expect(cyclic).toEqual([]);
    }
  });

  test('retains every key and log group, and both Helm releases', () => {
    const kept = Object.values(production.resources).filter(({ Type }) =>
      ['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'Custom::AWSCDK-EKS-HelmChart'].includes(Type),
    );
    expect(kept).toHaveLength(9);
    expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['RetainExceptOnCreate']));
  });

  test('encrypts every log group', () => {
    const groups = Object.values(production.resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(4);
    expect(groups.filter(({ Properties }) => Properties?.KmsKeyId === undefined)).toEqual([]);
  });

  test('is far below the limits of a template', () => {
    expect(Object.keys(production.resources).length).toBeLessThan(100);
    expect(JSON.stringify(production.template.toJSON()).length).toBeLessThan(100_000);
  });
});

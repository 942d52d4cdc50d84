import { beforeAll, describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { tenantLogFiles } from '../../../../constructs/aws/cluster/tenant-logs';
import { sampleEnvironment } from '../../../support/sample-environment';
import { ClusterFixture, statementsOf } from './cluster-fixture';

let fixture: ClusterFixture;
beforeAll(() => {
  fixture = new ClusterFixture('production');
});

const addon = (name: string): string => fixture.idOf('AWS::EKS::Addon', 'AddonName', name);
const nodegroup = (): string => fixture.idOf('AWS::EKS::Nodegroup', 'AmiType', 'BOTTLEROCKET_ARM_64');

describe('add-ons', () => {
  test('are the seven that are needed', () => {
    const names = Object.values(fixture.template.findResources('AWS::EKS::Addon')).map(
      ({ Properties }) => (Properties as { AddonName: string }).AddonName,
    );
    expect(names.sort()).toEqual([
      'amazon-cloudwatch-observability',
      'aws-ebs-csi-driver',
      'aws-mountpoint-s3-csi-driver',
      'coredns',
      'eks-pod-identity-agent',
      'kube-proxy',
      'vpc-cni',
    ]);
  });

  test.each(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'])('%s comes before the system nodes', (name) => {
    expect(fixture.before(nodegroup())).toContain(addon(name));
  });

  test.each(['coredns', 'aws-ebs-csi-driver', 'aws-mountpoint-s3-csi-driver', 'amazon-cloudwatch-observability'])(
    '%s comes after the system nodes',
    (name) => {
      expect(fixture.before(addon(name))).toContain(nodegroup());
    },
  );

  test('the CNI comes after the agent that gives it its rights, and enforces network policies', () => {
    const cni = addon('vpc-cni');
    expect(fixture.before(cni)).toContain(addon('eks-pod-identity-agent'));
    const values = JSON.parse(fixture.properties(cni).ConfigurationValues as string) as unknown;
    expect(values).toEqual({
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', NETWORK_POLICY_ENFORCING_MODE: 'standard' },
    });
  });

  test("CloudWatch ships tenants' output in production and nothing in research, and injects nothing into services", () => {
    const values = (cluster: ClusterFixture): string =>
      cluster.properties(cluster.idOf('AWS::EKS::Addon', 'AddonName', 'amazon-cloudwatch-observability'))
        .ConfigurationValues as string;
    const research = values(new ClusterFixture('research'));
    for (const text of [values(fixture), research]) {
      expect(JSON.parse(text)).toMatchObject({
        manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
      });
      expect(text).not.toContain('application_signals');
    }
    expect(JSON.parse(research)).toMatchObject({ containerLogs: { enabled: false } });
    const config = tenantLogFiles(sampleEnvironment());
    expect(JSON.parse(values(fixture))).toMatchObject({ containerLogs: { enabled: true, fluentBit: { config } } });
  });

  test('Mountpoint has no rights of its own: a mount has those of its pod', () => {
    expect(fixture.properties(addon('aws-mountpoint-s3-csi-driver')).PodIdentityAssociations).toBeUndefined();
  });

  test.each([
    ['vpc-cni', 'kube-system', 'aws-node'],
    ['aws-ebs-csi-driver', 'kube-system', 'ebs-csi-controller-sa'],
    ['amazon-cloudwatch-observability', 'amazon-cloudwatch', 'cloudwatch-agent'],
  ])(
    '%s gets its rights by Pod Identity, from a role that trusts %s/%s of this cluster only',
    (name, namespace, account) => {
      const [association, ...more] = fixture.properties(addon(name)).PodIdentityAssociations as {
        ServiceAccount: string;
        RoleArn: { 'Fn::GetAtt': [string, string] };
      }[];
      expect(more).toEqual([]);
      expect(association?.ServiceAccount).toBe(account);
      const role = fixture.properties(association?.RoleArn['Fn::GetAtt'][0] ?? '');
      expect(statementsOf(role.AssumeRolePolicyDocument)).toEqual([
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '222222222222',
              'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production',
              'aws:RequestTag/kubernetes-namespace': namespace,
              'aws:RequestTag/kubernetes-service-account': account,
            },
          },
        },
      ]);
    },
  );
});

describe('the system nodes', () => {
  test('are Bottlerocket on Arm, on demand, labelled, and upgraded with the control plane', () => {
    expect(fixture.properties(nodegroup())).toMatchObject({
      AmiType: 'BOTTLEROCKET_ARM_64',
      CapacityType: 'ON_DEMAND',
      InstanceTypes: ['m7g.large'],
      Labels: { 'atoll.dev/pool': 'system' },
      ScalingConfig: { MinSize: 2, DesiredSize: 2, MaxSize: 4 },
      Version: '1.36',
      ForceUpdateEnabled: false,
    });
  });

  test('want IMDSv2 at one hop and encrypt both volumes with the key of the volumes', () => {
    const key = fixture.idOf('AWS::KMS::Key', 'Description', 'EBS volumes of the production cluster of sample');
    const ebs = { Encrypted: true, KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } };
    fixture.template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        UserData: { 'Fn::Base64': Match.stringLikeRegexp('host-containers.control.\\nenabled = false') },
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: ebs },
          { DeviceName: '/dev/xvdb', Ebs: ebs },
        ],
      },
    });
  });

  test.each(['atoll-sample-production-node', 'atoll-sample-production-system-node'])(
    '%s joins and pulls, and has neither Session Manager nor the rights of the CNI',
    (roleName) => {
      const role = fixture.properties(fixture.idOf('AWS::IAM::Role', 'RoleName', roleName));
      const awsPolicies = (role.ManagedPolicyArns as unknown[]).map((policy) => JSON.stringify(policy));
      expect(awsPolicies.filter((policy) => policy.includes('iam::aws:policy/'))).toEqual([
        expect.stringContaining(':iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy'),
        expect.stringContaining(':iam::aws:policy/AmazonEC2ContainerRegistryPullOnly'),
      ]);
      expect(fixture.statementsOfRole(roleName).map(({ Sid }) => Sid)).toEqual(['FindOwnName', 'FindCluster']);
    },
  );
});

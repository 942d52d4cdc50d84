import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { at, jsonIn, listOf } from '../../output/values';
import { absentOr, type Allowed, comparedTo, free, NOTHING, type Rule, rule, TAGS } from '../allowed';
import { finding } from '../way';
import { ClusterStack } from './cluster-stack';
import { shippedLogs } from './fluent-bit';

/** One add-on: whose pods get a role, and what it is told. */
interface AddOn {
  /** Namespace and account that EKS gives a role of the add-on's own. @default - none gets one */
  readonly account?: readonly [namespace: string, serviceAccount: string];
  /** @default - the add-on runs as it comes */
  readonly configuration?: Allowed;
}

/** What the agent measures: an idle GPU is seen by the second alone. */
const METRICS = { enhanced_container_insights: true, accelerated_compute_metrics: true };

/** Every add-on that a cluster has. Their code is AWS's; what they are told decides what they enforce and what they ship. */
const addOns = (environment: Environment, cluster: ClusterName): Readonly<Record<string, AddOn>> => ({
  'eks-pod-identity-agent': {},
  'kube-proxy': {},
  coredns: {},
  'aws-mountpoint-s3-csi-driver': {},
  'aws-ebs-csi-driver': { account: ['kube-system', 'ebs-csi-controller-sa'] },
  'vpc-cni': {
    account: ['kube-system', 'aws-node'],
    // Without the first nothing enforces a network policy. Prefixes are addresses by the 16; the mode is one of two that enforce.
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html (2026-11-24)
    configuration: {
      enableNetworkPolicy: 'true',
      env: {
        ENABLE_PREFIX_DELEGATION: free('how addresses are fetched'),
        NETWORK_POLICY_ENFORCING_MODE: rule('standard, strict', (mode) => mode === 'standard' || mode === 'strict'),
      },
    },
  },
  'amazon-cloudwatch-observability': {
    account: ['amazon-cloudwatch', 'cloudwatch-agent'],
    configuration: {
      containerLogs:
        cluster === 'production'
          ? { enabled: true, fluentBit: { config: shippedLogs(environment) } }
          : { enabled: false },
      agent: { config: { logs: { metrics_collected: { kubernetes: METRICS } } } },
      manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
    },
  },
});

/**
 * The add-ons of a cluster, each as known: an unknown one runs in `kube-system` with rights of its own, and a role of another's would be its.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonPodIdentityAssociations.html (2026-11-26)
 */
export function proveAddOns(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, cluster, 'cluster');
  const known = addOns(environment, cluster);
  const found = stack.all('AWS::EKS::Addon');
  return [
    ...found.flatMap(({ id, properties }): readonly Finding[] => {
      const name = String(properties['AddonName']);
      const addOn = known[name];
      if (addOn === undefined)
        return [
          finding(
            'open',
            stack.subject(id),
            `an add-on runs with rights of its own: AddonName: got ${name}, allowed ${Object.keys(known).join(', ')}`,
          ),
        ];
      const { configuration, account } = addOn;
      const allowed: Allowed = {
        AddonName: name,
        AddonVersion: absentOr(free("every version is AWS's own")),
        ClusterName: stack.cluster(environment, cluster),
        ConfigurationValues: rule('text', () => true),
        PodIdentityAssociations: account === undefined ? NOTHING : [ownRole(environment, cluster, stack, account)],
        ResolveConflicts: 'OVERWRITE',
        Tags: TAGS,
      };
      const about = `add-on ${name}`;
      return [
        ...comparedTo(allowed, properties, stack.subject(id), about),
        ...comparedTo(
          configuration ?? NOTHING,
          jsonIn(properties['ConfigurationValues']),
          stack.subject(id),
          `${about}: ConfigurationValues`,
        ),
      ];
    }),
    ...Object.keys(known)
      .filter((name) => !found.some(({ properties }) => properties['AddonName'] === name))
      .map((name) => finding('closed', stack.id, `add-on ${name}: got none, expected one`)),
  ];
}

/** A role without a name that nobody but the add-on's own account becomes; what it may do is judged by the proof of IAM. */
function ownRole(
  environment: Environment,
  cluster: ClusterName,
  stack: ClusterStack,
  [namespace, serviceAccount]: readonly [string, string],
): Allowed {
  const tags = {
    'aws:RequestTag/eks-cluster-arn': arn.cluster(environment, cluster),
    'aws:RequestTag/kubernetes-namespace': namespace,
    'aws:RequestTag/kubernetes-service-account': serviceAccount,
  };
  const role: Rule = stack.own(`the role of ${namespace}/${serviceAccount}`, 'AWS::IAM::Role', 'Arn', (properties) => {
    const statements = listOf(at(properties, 'AssumeRolePolicyDocument.Statement'));
    return (
      statements.length > 0 &&
      statements.every((each) => {
        const conditions = at(each, 'Condition.StringEquals') as Readonly<Record<string, unknown>> | undefined;
        return Object.entries(tags).every(([key, value]) => conditions?.[key] === value);
      })
    );
  });
  return { RoleArn: role, ServiceAccount: serviceAccount };
}

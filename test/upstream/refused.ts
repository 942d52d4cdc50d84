/** An object that an API server refuses, or takes without what was meant, and what the judge must say of it. */
export interface Refused {
  readonly name: string;
  readonly says: string;
  readonly text: string;
}

const nodeClass = (amiSelectorTerm: string): string => `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: gpu }
spec:
  instanceProfile: nodes
  amiSelectorTerms: [${amiSelectorTerm}]
  subnetSelectorTerms: [{ tags: { a: b } }]
  securityGroupSelectorTerms: [{ tags: { a: b } }]
`;

/** One of each kind of mistake: a judge that lets one of them through has judged nothing. */
export const REFUSED: readonly Refused[] = [
  {
    name: 'a field that the definition does not have',
    says: 'spec.floor: got a field that the definition does not have',
    text: `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec:
  floor: 1
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
      requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
`,
  },
  {
    name: 'a value against a rule of the definition',
    says: "'alias' is mutually exclusive",
    text: nodeClass("{ alias: 'bottlerocket@v1.66.0', id: ami-0123456789abcdef0 }"),
  },
  {
    name: 'a value against a pattern of the definition',
    says: 'spec.disruption.budgets[0].nodes',
    text: `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec:
  disruption: { consolidateAfter: 1m, budgets: [{ nodes: '200%' }] }
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
      requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
`,
  },
  {
    name: 'a number where a string is wanted',
    says: 'spec.triggers[0].metadata.queueLength',
    text: `
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: pipeline-audio, namespace: tenant-acme }
spec:
  jobTargetRef: { template: { spec: { containers: [{ name: worker, image: worker }] } } }
  triggers: [{ type: aws-sqs-queue, metadata: { queueLength: 20 } }]
`,
  },
  {
    name: 'a version that the definition does not have',
    says: 'which no given definition defines',
    text: `
apiVersion: kueue.x-k8s.io/v1beta9
kind: ResourceFlavor
metadata: { name: gpu }
`,
  },
  {
    name: 'a namespaced object without a namespace',
    says: 'metadata.namespace: got ""',
    text: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata: { name: platform }
spec: { bucketName: b, endpoint: s3.amazonaws.com, interval: 10m }
`,
  },
  {
    name: 'a field of a built-in kind in another spelling',
    says: 'unknown field "spec.podselector"',
    text: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: tenant-acme }
spec: { podselector: {}, policyTypes: [Ingress] }
`,
  },
  {
    name: 'a quantity that is none',
    says: 'quantities must match the regular expression',
    text: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: tenant, namespace: tenant-acme }
spec: { hard: { requests.cpu: ten } }
`,
  },
  {
    name: 'an expression that does not compile',
    says: "undefined field 'requester'",
    text: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: people }
spec:
  failurePolicy: Fail
  matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }
  validations: [{ expression: 'request.requester == "me"' }]
`,
  },
];

import { base, type Env, PREFIX } from './name-base';
import { BUCKET_PREFIXES, type ClusterName, type Pipeline } from './vocabulary';

export type { Env } from './name-base';

export const stackNames = {
  platform: (cluster: ClusterName, room: string): string => `${cluster}-${room}`,
  tenant: (tenantId: string): string => `tenant-${tenantId}`,
  /** Name in CloudFormation of the stack with this id; the delivery handler derives the tenant from it. */
  deployed: (env: Env, stackId: string): string => `${env.name}-${stackId}`,
};

/** Begins the name of everything that CDK's bootstrap makes, under its default qualifier. */
const BOOTSTRAP = 'cdk-hnb659fds';

/** What a person makes before CDK's bootstrap, and names to it; and what the bootstrap makes. */
export const bootstrapNames = {
  /** Managed policy of CloudFormation's execution role, instead of AdministratorAccess. */
  deployPolicy: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-deploy`,
  /**
   * Role of the pipeline that deploys, in each account that holds a cluster: by the guard rails nobody else becomes the bootstrap's
   * roles. Its name fits no pattern of `ownPatterns`, so that no deploy can change it.
   */
  deployer: `${PREFIX}-deployer`,
  /** Role by which CloudFormation deploys: of the bootstrap, under CDK's default qualifier. */
  deployRole: (account: string, region: string): string => `${BOOTSTRAP}-cfn-exec-role-${account}-${region}`,
  /** Role by which the CDK CLI hands a template, and that role, to CloudFormation. */
  cliRole: (account: string, region: string): string => `${BOOTSTRAP}-deploy-role-${account}-${region}`,
  /** Role by which the CDK CLI uploads assets. */
  filePublishingRole: (account: string, region: string): string =>
    `${BOOTSTRAP}-file-publishing-role-${account}-${region}`,
  /** Whoever writes here writes the code of the handlers. */
  assetsBucket: (account: string, region: string): string => `${BOOTSTRAP}-assets-${account}-${region}`,
  /** Stack of the bootstrap itself. */
  stack: 'CDKToolkit',
  /** Every role of the bootstrap, and nothing else. */
  ownRoles: `${BOOTSTRAP}-*`,
};

export const tenantNames = {
  bucket: (env: Env, id: string): string => `${base(env)}-${id}-${env.accounts.production}`,
  bucketArn: (env: Env, id: string): string => `arn:aws:s3:::${tenantNames.bucket(env, id)}`,
  keyAlias: (env: Env, id: string): string => `alias/${PREFIX}/${env.name}/tenant/${id}`,
  role: (env: Env, id: string): string => `${base(env)}-tenant-${id}`,
  roleArn: (env: Env, id: string): string =>
    `arn:aws:iam::${env.accounts.production}:role/${tenantNames.role(env, id)}`,
  queue: (env: Env, id: string, pipeline: Pipeline): string => `${base(env)}-${id}-${pipeline}`,
  queueUrl: (env: Env, id: string, pipeline: Pipeline): string =>
    `https://sqs.${env.region}.amazonaws.com/${env.accounts.production}/${tenantNames.queue(env, id, pipeline)}`,
  queueArn: (env: Env, id: string, pipeline: Pipeline): string =>
    `arn:aws:sqs:${env.region}:${env.accounts.production}:${tenantNames.queue(env, id, pipeline)}`,
  /** Pattern of every queue of the environment. */
  queues: (env: Env): string => `${base(env)}-*`,
  deadLetterQueue: (env: Env, id: string): string => `${base(env)}-${id}-dead-letter`,
  deadLettersAlarm: (env: Env, id: string): string => `${base(env)}-tenant-${id}-dead-letters`,
  promiseAlarm: (env: Env, id: string): string => `${base(env)}-tenant-${id}-promise`,
  eventsTopic: (env: Env, id: string): string => `${base(env)}-${id}-events`,
  eventsTopicArn: (env: Env, id: string): string =>
    `arn:aws:sns:${env.region}:${env.accounts.production}:${tenantNames.eventsTopic(env, id)}`,
  logGroup: (env: Env, id: string): string => `/${PREFIX}/${env.name}/tenant/${id}`,
  budget: (env: Env, id: string): string => `${base(env)}-tenant-${id}`,
  namespace: (id: string): string => `tenant-${id}`,
  /** Job of a training of one of the tenant's models; each id is run once. */
  trainingJob: (training: string): string => `training-${training}`,
  /** Where the checkpoints of a training lie in the tenant's bucket. */
  trainingCheckpoints: (training: string): string => `${BUCKET_PREFIXES.trainings}${training}/`,
  /** Where a training leaves the candidate of a release in the tenant's bucket. */
  trainingCandidate: (training: string): string => `${BUCKET_PREFIXES.models}candidates/${training}/`,
  /** Service account in `flux-system` that Flux impersonates for the tenant's own layer; bound in the tenant's namespace only. */
  reconciler: (id: string): string => `tenant-${id}-reconciler`,
};

export const teamNames = {
  namespace: (team: string): string => `research-${team}`,
  localQueue: 'default',
  clusterQueue: (team: string): string => `team-${team}`,
  /** Service account of a grant; admission lets only the grant's people use it. */
  grantServiceAccount: (grant: string): string => `grant-${grant}`,
  /** What every name of a grant's own begins with, and no other name of the namespace. */
  grantNames: 'grant-',
  /** What the names of a grant's Jobs, pods and ConfigMaps begin with. No id has two hyphens in a row, so that no grant's is another's. */
  grantPrefix: (grant: string): string => `grant-${grant}--`,
  /** ConfigMap that tells a grant's pods what it opens and where that lies. */
  grantScope: (grant: string): string => `grant-${grant}`,
  /** Service account of jobs that read no tenant data. */
  serviceAccount: 'research',
  /** Job of a workbench. @param grant whose rights it has @param mark 8 hexadecimal digits of its own */
  workbench: (grant: string | undefined, mark: string): string =>
    `${grant === undefined ? '' : teamNames.grantPrefix(grant)}workbench-${mark}`,
  /** Headless Service by which the pods of an indexed Job find each other. */
  workersService: 'workers',
  /** Suspended CronJob of which people make trainings by `kubectl create job --from`: of one pod, or of several on a pool. */
  trainingTemplate: (pool?: string): string => (pool === undefined ? 'train' : `train-nodes-${pool}`),
};

/** Objects in the clusters that one chart makes and another names. */
export const clusterObjectNames = {
  /** A ValidatingAdmissionPolicy and its binding. */
  admissionPolicy: (rule: string): string => `${PREFIX}-${rule}`,
  /** Kubernetes group of the people who see a cluster and change nothing; EKS keeps `system:`, `eks:` and the like for itself. */
  viewersGroup: 'atoll-viewers',
  /** Namespace of the model servers and of the router in front of them. */
  servingNamespace: 'serving',
  /** `app.kubernetes.io/name` of the router's pods. */
  router: 'router',
  /** Service and network policy by which the product's load balancer reaches the router. */
  routerDoor: 'router-door',
  /** TCP port of every node that leads to the router, of those that Kubernetes keeps for NodePorts: 30000 to 32767. */
  routerNodePort: 30443,
  /** TCP port of the router, the same on Service and container: the VPC CNI's policies do not see a translated one. */
  routerPort: 8443,
  /** Audience of the projected token by which a pod shows the router who it is. */
  routerAudience: 'router.atoll.dev',
  /** ClusterQueue of all tenants' training on the production cluster. */
  tenantClusterQueue: 'tenant-training',
  tenantLocalQueue: 'training',
  pipelinePriorityClass: 'atoll-pipeline',
  servingPriorityClass: 'atoll-serving',
  trainingPriorityClass: 'atoll-training',
  workbenchPriorityClass: 'atoll-workbench',
  /** Cohort in which research teams lend each other what they do not use. */
  researchCohort: 'research',
  /** TriggerAuthentication of each tenant's namespace: KEDA asks SQS as its own operator. */
  sqsAuthentication: 'sqs',
} as const;

/** Namespaces and service accounts of the controllers: Pod Identity associations, releases and admission policies meet here. */
export const controllerNames = {
  flux: {
    namespace: 'flux-system',
    source: 'source-controller',
    kustomize: 'kustomize-controller',
    helm: 'helm-controller',
  },
  karpenter: { namespace: 'karpenter', serviceAccount: 'karpenter' },
  keda: { namespace: 'keda', serviceAccount: 'keda-operator' },
  kueue: { namespace: 'kueue-system', serviceAccount: 'kueue-controller-manager' },
  /** User name under which the API server sees a pod of the account. */
  username: (namespace: string, serviceAccount: string): string =>
    `system:serviceaccount:${namespace}:${serviceAccount}`,
} as const;

export const roleNames = {
  ingest: (env: Env): string => `${base(env)}-ingest`,
  /** Made by the erasure stack; named in tenants' policies from the first day, so that an erasure needs no policy of its own. */
  eraser: (env: Env): string => `${base(env)}-eraser`,
  node: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-node`,
  systemNode: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-system-node`,
  nodeInstanceProfile: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-node`,
  karpenter: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-karpenter`,
  keda: (env: Env): string => `${base(env)}-production-keda`,
  fluxSource: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-flux-source`,
  deliveryHandler: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-delivery`,
  kubernetesHandler: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-kubernetes`,
  /** The only role that pushes into a registry. */
  imageMirror: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-image-mirror`,
};

export const clusterNames = {
  cluster: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
  interruptionQueue: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-karpenter`,
  vpc: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
  secretsKeyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/secrets`,
  /** Key of every node's and every claim's EBS volumes: an EC2NodeClass or a StorageClass names it by this alias. */
  volumeKeyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/volumes`,
  logKeyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/cluster-logs`,
  /** The name is EKS's own choice; made before EKS makes it, so that it has a key and a retention. */
  controlPlaneLogGroup: (env: Env, cluster: ClusterName): string => `/aws/eks/${base(env)}-${cluster}/cluster`,
  /** The CloudWatch agent's own choice. */
  metricsLogGroup: (env: Env, cluster: ClusterName): string =>
    `/aws/containerinsights/${base(env)}-${cluster}/performance`,
};

/**
 * Kubernetes user name of a person of a research team: the session name that the organisation's sign-in sets, unchanged, so
 * that audit events and admission policies name the person. EKS wants a colon before the session name.
 */
export const personUsername = (sessionName: string): string => `person:${sessionName}`;

export const registryNames = {
  keyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/registry`,
  host: (env: Env, cluster: ClusterName): string => `${env.accounts[cluster]}.dkr.ecr.${env.region}.amazonaws.com`,
  repository: (env: Env, imageId: string): string => `${PREFIX}/${env.name}/${imageId}`,
  chartRepository: (env: Env, chartId: string): string => `${PREFIX}/${env.name}/charts/${chartId}`,
};

export const deliveryNames = {
  bucket: (env: Env, cluster: ClusterName): string => `${base(env)}-delivery-${cluster}-${env.accounts[cluster]}`,
  keyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/delivery`,
  function: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-delivery`,
  logGroup: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/delivery`,
  functionArn: (env: Env, cluster: ClusterName): string =>
    `arn:aws:lambda:${env.region}:${env.accounts[cluster]}:function:${deliveryNames.function(env, cluster)}`,
  /** Keys in the delivery bucket; the same paths lie under `dist/k8s/<env>/<cluster>/`. */
  /** A folder per layer: kustomize-controller applies every file below a path. */
  platformKey: (layer: string): string => `platform/${layer}/objects.yaml`,
  teamKey: (team: string): string => `research/${team}.yaml`,
  tenantIndexKey: (id: string): string => `index/${id}.yaml`,
  tenantPlatformKey: (id: string): string => `tenants/${id}/platform/objects.yaml`,
  tenantWorkloadsKey: (id: string): string => `tenants/${id}/workloads/objects.yaml`,
};

/** SSM parameters by which a stack finds what has an id instead of a name (`{{resolve:ssm:…}}`, never an export). */
export const parameterNames = {
  s3Endpoint: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/s3-endpoint`,
  vpcId: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/vpc-id`,
};

export const networkNames = {
  /** Value of the `atoll:subnets` tag that Karpenter and the tenant pools select by. */
  isolatedSubnets: 'isolated',
  systemSubnets: 'system',
  endpointSubnets: 'endpoints',
  subnetTag: 'atoll:subnets',
  /** Tag of the security group of nodes that do not get EKS's own, and its value for those of model servers. */
  nodesTag: 'atoll:nodes',
  servingNodes: 'serving',
  /** Begins the name of every log group of the environment. */
  logGroupPrefix: (env: Env): string => `/${PREFIX}/${env.name}/`,
  flowLogGroup: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/flow-logs`,
  /** Share by which the network team lends the transit gateway. */
  resourceShare: (env: Env): string => base(env),
  dnsFirewall: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
};

/** Sources and Kustomizations in `flux-system`. */
export const fluxNames = {
  /** The chart that tells Flux what to pull. */
  syncChart: `${PREFIX}-sync`,
  platformLayer: (layer: string): string => `platform-${layer}`,
  tenant: (id: string): string => `tenant-${id}`,
  tenantPlatform: (id: string): string => `${fluxNames.tenant(id)}-platform`,
  tenantWorkloads: (id: string): string => `${fluxNames.tenant(id)}-workloads`,
};

/** Patterns that cover whatever the environment's stacks name: stacks themselves, and what is in them. */
export const ownPatterns = (env: Env): readonly string[] => [`${env.name}-*`, `${base(env)}-*`];

/** Patterns that cover all buckets of a kind, where one resource element must name many tenants. */
export const bucketPatterns = {
  /** Every bucket of the environment; `aws:ResourceAccount` must stand beside it, since bucket names are global. */
  environment: (env: Env): string => `arn:aws:s3:::${base(env)}-*`,
  /** The raw objects of every tenant. */
  tenantsRaw: (env: Env): string => `arn:aws:s3:::${base(env)}-*-${env.accounts.production}/raw/*`,
};

export const operationNames = {
  alertTopic: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-alerts`,
  alertTopicArn: (env: Env, cluster: ClusterName): string =>
    `arn:aws:sns:${env.region}:${env.accounts[cluster]}:${operationNames.alertTopic(env, cluster)}`,
  budget: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-account`,
  dashboard: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
  /** An alarm of the platform's own, by what it watches. */
  alarm: (env: Env, cluster: ClusterName, what: string): string => `${base(env)}-${cluster}-${what}`,
};

/** Begins every label and annotation of ours. */
export const LABEL_PREFIX = 'atoll.dev/';

/** Annotation of an EC2NodeClass: why its reservation is paid while nobody works. */
export const reservationReasonAnnotation = `${LABEL_PREFIX}reservation-reason`;

/** Annotation of a workbench: whose it is. Who made it, the audit log says. */
export const personAnnotation = `${LABEL_PREFIX}person`;

export const labels = {
  environment: 'atoll.dev/environment',
  owner: 'atoll.dev/owner',
  tenant: 'atoll.dev/tenant',
  team: 'atoll.dev/team',
  grant: 'atoll.dev/grant',
  pool: 'atoll.dev/pool',
  isolation: 'atoll.dev/isolation',
  /** A kubelet cannot set a label under `node-restriction.kubernetes.io` on its own node. */
  nodeTenant: 'atoll.node-restriction.kubernetes.io/tenant',
  /** Every label set has these three besides environment and owner. */
  name: 'app.kubernetes.io/name',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
} as const;

export const tags = {
  environment: 'atoll:environment',
  tenant: 'atoll:tenant',
  owner: 'atoll:owner',
  room: 'atoll:room',
  team: 'atoll:team',
  grant: 'atoll:grant',
} as const;

import type { BadEnvironment } from './bad-environment';

export const environmentCases: readonly BadEnvironment[] = [
  {
    name: 'a name unlike the folder',
    input: { name: 'other' },
    expected: [
      "environments/test/index.ts:1: name: got 'other', allowed 'test', the name of its folder; rename one of the two",
    ],
  },
  {
    name: 'VPCs that overlap',
    input: { 'network.research': '10.0.128.0/17' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.0.128.0/17', allowed a block without overlap with '10.0.0.0/16' (production); choose a free block",
    ],
  },
  {
    name: "a VPC that overlaps with another environment's",
    options: {
      otherNetworks: [
        { environment: 'prod-us', cluster: 'research', cidr: '10.1.64.0/18' },
        { environment: 'test', cluster: 'research', cidr: '10.1.0.0/16' },
      ],
    },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.0.0/16', allowed a block without overlap with '10.1.64.0/18' (research of environment 'prod-us'); choose a free block",
    ],
  },
  {
    name: 'a block with host bits',
    input: { 'network.research': '10.1.64.0/16' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.64.0/16', allowed the first address of its block, octets 0 to 255; set the host bits to 0",
    ],
  },
  {
    name: 'a block that is too small',
    input: { 'network.research': '10.1.0.0/24' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.0.0/24', allowed an IPv4 block of /16 to /18 such as '10.16.0.0/16'; change it to that form",
    ],
  },
  {
    name: 'one account twice',
    input: { 'accounts.research': '100000000002', researchTeams: [] },
    files: { 'grants/speech-one.yaml': null },
    expected: [
      "environments/test/index.ts:1: accounts.research: got '100000000002', allowed an account that 'production' does not have; give each of the four its own account",
    ],
  },
  {
    name: 'an account id that is too short',
    input: { 'accounts.audit': '1234' },
    expected: [
      "environments/test/index.ts:1: accounts.audit: got '1234', allowed an AWS account id: 12 digits; change it to that form",
    ],
  },
  {
    name: 'a role that mirrors images which is no role',
    input: { imageMirrorPrincipal: 'arn:aws:iam::100000000008:user/pipeline' },
    expected: [
      "environments/test/index.ts:1: imageMirrorPrincipal: got 'arn:aws:iam::100000000008:user/pipeline', allowed the ARN of an IAM role; change it to that form",
    ],
  },
  {
    name: 'a zone of another region',
    input: { 'availabilityZones.1': 'us-east-1b' },
    expected: [
      "environments/test/index.ts:1: availabilityZones[1]: got 'us-east-1b', allowed a zone of region 'eu-central-1'; write 'eu-central-1b'",
    ],
  },
  {
    name: 'a zone twice',
    input: { 'availabilityZones.1': 'eu-central-1a' },
    expected: [
      "environments/test/index.ts:1: availabilityZones[1]: got 'eu-central-1a' again, each zone at most once; remove it",
    ],
  },
  {
    name: 'an unknown key',
    input: { 'clusters.production.systemNode': { min: 2 } },
    expected: [
      "environments/test/index.ts:1: clusters.production.systemNode: got an unknown key, allowed 'kubernetesVersion', 'systemNodes', 'administrators' or 'viewers'; did you mean 'systemNodes'",
    ],
  },
  {
    name: 'an unknown Kubernetes version',
    input: { 'clusters.production.kubernetesVersion': '1.29' },
    expected: [
      "environments/test/index.ts:1: clusters.production.kubernetesVersion: got '1.29', allowed '1.35' or '1.36'; choose one of them",
    ],
  },
  {
    name: 'more system nodes at least than at most',
    input: { 'clusters.research.systemNodes': { min: 5, max: 3 } },
    expected: [
      'environments/test/index.ts:1: clusters.research.systemNodes.min: got 5, at most 3, the max; lower it or raise max',
    ],
  },
  {
    name: 'bounds of retention the wrong way round',
    input: { 'retention.video': { minDays: 60, maxDays: 30 } },
    expected: [
      'environments/test/index.ts:1: retention.video.minDays: got 60, at most 30, the maxDays; lower it or raise maxDays',
    ],
  },
  {
    name: 'a data class without bounds',
    input: { 'retention.video': null },
    expected: ['environments/test/index.ts:1: retention.video: got nothing, a mapping is required; add it'],
  },
  {
    name: 'a log retention that is not offered',
    input: { logRetentionDays: 100 },
    expected: [
      'environments/test/index.ts:1: logRetentionDays: got 100, allowed 30, 90, 180, 365 or 731; choose one of them',
    ],
  },
  {
    name: 'a node pool twice',
    input: { 'nodePools.4.name': 'cpu-shared' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].name: got 'cpu-shared', each name once over both clusters; rename it",
    ],
  },
  {
    name: 'a workbench on the production cluster',
    input: { 'nodePools.4.cluster': 'production' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].cluster: got 'production', allowed 'research' for workload 'workbench'; move it",
    ],
  },
  {
    name: 'a pool for one tenant in research',
    input: { 'nodePools.4.segregation': 'tenant' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].segregation: got 'tenant', allowed 'shared' on the research cluster, where no tenant has a namespace; remove it",
    ],
  },
  {
    name: 'reserved capacity without a reservation',
    input: { 'nodePools.4.capacityTypes': ['reserved'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].capacityReservations: got none, at least 1 where capacityTypes has 'reserved'; name a reservation or drop 'reserved'",
    ],
  },
  {
    name: 'a reservation that nothing uses',
    input: { 'nodePools.4.capacityReservations': ['cr-0123456789abcdef0'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].capacityReservations: got 1, none where capacityTypes lacks 'reserved'; add 'reserved' or remove them",
    ],
  },
  {
    name: 'GPU machines in a pool without GPUs',
    input: { 'nodePools.4.families': ['m7i', 'p5'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[1]: got 'p5', allowed families without GPUs where gpuLimit is 0; set gpuLimit or change the family",
    ],
  },
  {
    name: 'machines without GPUs in a GPU pool',
    input: { 'nodePools.4.gpuLimit': 4 },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[0]: got 'm7i', allowed GPU families where gpuLimit is 4; remove gpuLimit or the family",
    ],
  },
  {
    name: 'Arm machines in a pool for amd64',
    input: { 'nodePools.4.families': ['m7g'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[0]: got 'm7g', allowed families of architecture 'amd64'; change the family or the architecture",
    ],
  },
  {
    name: 'a pipeline on an unknown pool',
    input: { 'pipelines.0.pool': 'gpus' },
    expected: [
      "environments/test/index.ts:1: pipelines[0].pool: got 'gpus', allowed 'cpu' or 'gpu'; did you mean 'gpu'",
    ],
  },
  {
    name: 'a pipeline on a research pool',
    input: { 'pipelines.1.sharedPool': 'bench' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'bench' for workbench, allowed a pool with workload 'pipeline'; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'bench' on the research cluster, allowed a pool on the production cluster; choose another pool",
    ],
  },
  {
    name: 'dedicated and shared pools changed about',
    input: { 'pipelines.1.pool': 'cpu-shared', 'pipelines.1.sharedPool': 'cpu' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu-shared' with segregation 'shared', allowed a pool with segregation 'tenant'; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu' with segregation 'tenant', allowed a pool with segregation 'shared'; choose another pool",
    ],
  },
  {
    name: 'a GPU job on a pool without GPUs',
    input: { 'pipelines.1.gpus': 1 },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu' without GPUs, allowed a pool with GPUs for a job of 1; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu-shared' without GPUs, allowed a pool with GPUs for a job of 1; choose another pool",
      "environments/test/tenants/birch.yaml:9: limits.gpus: got 0, at least 1 for one job of each pipeline ('text'); raise it",
    ],
  },
  {
    name: 'a job without GPUs on a GPU pool',
    input: { 'pipelines.0.gpus': 0 },
    expected: [
      "environments/test/index.ts:1: pipelines[0].pool: got pool 'gpu' with GPUs, allowed a pool without GPUs for a job of 0 GPUs; choose another pool",
      "environments/test/index.ts:1: pipelines[0].sharedPool: got pool 'gpu-shared' with GPUs, allowed a pool without GPUs for a job of 0 GPUs; choose another pool",
    ],
  },
  {
    name: 'a job bigger than its pool',
    input: { 'pipelines.1.cpu': 96 },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu' of at most 64 vCPUs, at least 96 vCPUs for one job; choose another pool or raise its limit",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu-shared' of at most 64 vCPUs, at least 96 vCPUs for one job; choose another pool or raise its limit",
      "environments/test/tenants/acme.yaml:2: limits.cpu: got 64, at least 99 for one job of each pipeline ('audio', 'text'); raise it",
      "environments/test/tenants/birch.yaml:8: limits.cpu: got 64, at least 96 for one job of each pipeline ('text'); raise it",
    ],
  },
  {
    name: 'two pipelines of a class',
    input: { 'pipelines.1.name': 'audio' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].name: got 'audio', at most one pipeline per data class; remove one",
    ],
  },
  {
    name: 'an unknown image',
    input: { 'pipelines.0.image': 'pipeline-workr' },
    expected: [
      "environments/test/index.ts:1: pipelines[0].image: got 'pipeline-workr', allowed an image of schema/images.ts; did you mean 'pipeline-worker'",
    ],
  },
  {
    name: 'a team twice',
    input: { 'researchTeams.1.id': 'speech' },
    expected: ["environments/test/index.ts:1: researchTeams[1].id: got 'speech' again, each at most once; change it"],
  },
  {
    name: 'two teams of a group and a role',
    input: {
      'researchTeams.1.group': 'ml-speech',
      'researchTeams.1.roleArn': 'arn:aws:iam::100000000003:role/team-speech',
    },
    expected: [
      "environments/test/index.ts:1: researchTeams[1].group: got 'ml-speech' again, each at most once; change it",
      "environments/test/index.ts:1: researchTeams[1].roleArn: got 'arn:aws:iam::100000000003:role/team-speech' again, each at most once; change it",
    ],
  },
  {
    name: 'system nodes without room for the controllers',
    input: { 'clusters.production.systemNodes': { instanceType: 'c7g.large', min: 2 } },
    expected: [
      'environments/test/index.ts:1: clusters.production.systemNodes: got 2 x c7g.large, which leave 2698m CPU and 4062 MiB to the controllers, at least 2380m and 7764 MiB; raise min or take a larger instanceType',
    ],
  },
  {
    name: 'guarantees beyond what the research pools may hold',
    input: { 'researchTeams.0.gpus': 9, 'researchTeams.0.memoryGiB': 500, 'researchTeams.1.cpu': 121 },
    expected: [
      "environments/test/index.ts:1: researchTeams[0].gpus: got 9, at most 8, which the gpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].cpu: got 121, at most 120, which the cpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].gpus: got 1, at most 0, which the gpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].memoryGiB: got 32, at most 12, which the memoryLimitGiB of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
    ],
  },
  {
    name: "a team's role in another account",
    input: { 'researchTeams.1.roleArn': 'arn:aws:iam::100000000002:role/team-vision' },
    expected: [
      "environments/test/index.ts:1: researchTeams[1].roleArn: got 'arn:aws:iam::100000000002:role/team-vision', allowed a role of the research account '100000000003'; name a role of that account",
    ],
  },
  {
    name: 'a model type twice in the catalogue',
    input: { 'models.2.id': 'call-outcome' },
    expected: ["environments/test/index.ts:1: models[2].id: got 'call-outcome' again, each at most once; change it"],
  },
];

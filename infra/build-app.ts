import {
  App,
  BOOTSTRAP_QUALIFIER_CONTEXT,
  DefaultStackSynthesizer,
  type Environment as StackEnvironment,
  Stage,
} from 'aws-cdk-lib';
import {
  ASSET_RESOURCE_METADATA_ENABLED_CONTEXT,
  PATH_METADATA_ENABLE_CONTEXT,
  STRICT_CFN_VALIDATE_ERRORS,
} from 'aws-cdk-lib/cx-api';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Environment } from '../schema/model';
import { stackNames } from '../schema/names';
import { servingNames } from '../schema/serving-names';
import { isCorpus } from '../schema/open-sources';
import { peopleServices } from '../schema/people-services';
import { CLUSTERS, type ClusterName } from '../schema/vocabulary';
import { ClusterStack } from './aws/cluster-stack';
import { CorporaStack } from './aws/corpora-stack';
import { DataAccessStack } from './aws/data-access-stack';
import { DataCatalogueStack, grantedClasses } from './aws/data-catalogue-stack';
import { DeliveryStack } from './aws/delivery-stack';
import { EvidenceStack } from './aws/evidence-stack';
import { IngestStack } from './aws/ingest';
import { NetworkStack } from './aws/network-stack';
import { OperationsStack } from './aws/operations-stack';
import { PeopleDoorStack } from './aws/people-door-stack';
import { ProductDoorStack } from './aws/product-door-stack';
import { RegistryStack } from './aws/registry-stack';
import { ServingStack } from './aws/serving-stack';
import { TenantStack } from './aws/tenant-stack';
import { writeSyncChart } from './sync-chart';
import type { RenderedFile } from './rendered';

export interface BuildAppOptions {
  /** Where the cloud assembly is written. @default - the CDK CLI's choice, or a temporary directory */
  readonly outdir?: string;
  /** Build the stack of this tenant only; the time does not grow with the number of tenants. @default - every stack */
  readonly tenant?: string;
  /** Build the platform's stacks and only these tenants', as the checks that judge one template of each shape do. @default - all */
  readonly tenants?: readonly string[];
  /** Judge every template with CDK's own validation. Doubles a large synth, so that one template of each shape is judged. @default false */
  readonly validate?: boolean;
}

/** The CDK app of one environment: one stage, named like it, with the platform's stacks of both accounts and one stack per tenant. */
export function buildApp(env: Environment, files: readonly RenderedFile[], options: BuildAppOptions = {}): App {
  const validate = options.validate ?? false;
  const app = new App({
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    // Above what the CLI passes: flags in one person's ~/.cdk.json would give one person other templates.
    postCliContext: {
      ...recommendedFlags,
      'aws:cdk:disable-creation-stack-traces': true,
      [PATH_METADATA_ENABLE_CONTEXT]: false,
      [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: false,
      [BOOTSTRAP_QUALIFIER_CONTEXT]: DefaultStackSynthesizer.DEFAULT_QUALIFIER,
      // A value that CloudFormation refuses is a warning to CDK's validation; it fails a synth by its errors only.
      ...(validate ? { [STRICT_CFN_VALIDATE_ERRORS]: true } : {}),
    },
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    builtinCloudFormationValidation: validate,
  });
  const stage = new Stage(app, env.name);
  if (options.tenant === undefined) {
    for (const cluster of CLUSTERS) platformStacks(stage, env, cluster, files);
    new IngestStack(stage, stackNames.platform('production', 'ingest'), { env, stackEnv: stackEnv(env, 'production') });
  }
  tenantStacks(stage, env, files, options);
  return app;
}

function platformStacks(stage: Stage, env: Environment, cluster: ClusterName, files: readonly RenderedFile[]): void {
  const own = { env, cluster, stackEnv: stackEnv(env, cluster) };
  const network = new NetworkStack(stage, stackNames.platform(cluster, 'network'), own);
  const registry = new RegistryStack(stage, stackNames.platform(cluster, 'registry'), own);
  const delivery = new DeliveryStack(stage, stackNames.platform(cluster, 'delivery'), {
    ...own,
    files: files.filter((file) => file.cluster === cluster && file.owner.kind === 'platform'),
  });
  const { vpc, systemSubnets } = network;
  const syncChart = writeSyncChart(env, cluster, stage);
  const eks = new ClusterStack(stage, stackNames.platform(cluster, 'cluster'), {
    ...own,
    vpc,
    systemSubnets,
    syncChart,
  });
  // Flux pulls its chart from the registry and its objects from the delivery bucket from its first minute.
  eks.addStackDependency(registry);
  eks.addStackDependency(delivery);
  const evidence = new EvidenceStack(stage, stackNames.platform(cluster, 'evidence'), own);
  // It subscribes to the control plane's log group, which the cluster's stack makes.
  evidence.addStackDependency(eks);
  new OperationsStack(stage, stackNames.platform(cluster, 'operations'), own);
  doorStack(stage, env, cluster, network, eks);
  if (cluster === 'research') dataStacks(stage, env, eks, evidence);
  if (cluster === 'production' && env.servingPools.length > 0) {
    const serving = new ServingStack(stage, servingNames.stack, {
      env,
      files: files.filter(({ owner }) => owner.kind === 'serving'),
      stackEnv: own.stackEnv,
    });
    // Its objects are delivered by the function of one, and its servers' accounts are of a cluster that is there.
    serving.addStackDependency(delivery);
    serving.addStackDependency(eks);
  }
}

/** What listens for those outside of a cluster, where anything does: a stack without a resource is refused. */
function doorStack(
  stage: Stage,
  env: Environment,
  cluster: ClusterName,
  { vpc, systemSubnets, logsKey }: NetworkStack,
  { clusterSecurityGroupId, systemNodegroupName }: ClusterStack,
): void {
  const id = stackNames.platform(cluster, 'doors');
  const own = {
    env,
    stackEnv: stackEnv(env, cluster),
    vpc,
    systemSubnets,
    logsKey,
    clusterSecurityGroupId,
    systemNodegroupName,
  };
  const { product, people } = env.doors ?? {};
  const services = peopleServices(env);
  if (cluster === 'production' && product !== undefined) new ProductDoorStack(stage, id, { ...own, product });
  if (cluster === 'research' && people !== undefined && services.length > 0)
    new PeopleDoorStack(stage, id, { ...own, people, services });
}

/** What grants open, in the research account, each where there is any: a stack without a resource is refused. */
function dataStacks(stage: Stage, env: Environment, eks: ClusterStack, evidence: EvidenceStack): void {
  const own = { env, stackEnv: stackEnv(env, 'research') };
  if (env.researchTeams.length > 0) {
    const access = new DataAccessStack(stage, stackNames.platform('research', 'data-access'), own);
    // A service account gets its role in a cluster that is there.
    access.addStackDependency(eks);
    // What opens has been recorded; what was recorded as removed may stay open for the rest of a deploy, and then shows.
    access.addStackDependency(evidence);
  }
  if (env.sources.some(isCorpus)) new CorporaStack(stage, stackNames.platform('research', 'corpora'), own);
  if (grantedClasses(env).length > 0)
    new DataCatalogueStack(stage, stackNames.platform('research', 'data-catalogue'), own);
}

function tenantStacks(stage: Stage, env: Environment, files: readonly RenderedFile[], options: BuildAppOptions): void {
  const byTenant = groupByTenant(files);
  const wanted = options.tenant === undefined ? options.tenants : [options.tenant];
  const only = wanted === undefined ? undefined : new Set(wanted);
  for (const tenant of env.tenants) {
    if (tenant.state === 'erased' || (only !== undefined && !only.has(tenant.id))) continue;
    new TenantStack(stage, stackNames.tenant(tenant.id), {
      env,
      tenant,
      files: byTenant.get(tenant.id) ?? [],
      stackEnv: stackEnv(env, 'production'),
    });
  }
}

function groupByTenant(files: readonly RenderedFile[]): Map<string, RenderedFile[]> {
  const groups = new Map<string, RenderedFile[]>();
  for (const file of files) {
    if (file.owner.kind !== 'tenant') continue;
    const group = groups.get(file.owner.id);
    if (group === undefined) groups.set(file.owner.id, [file]);
    else group.push(file);
  }
  return groups;
}

function stackEnv(env: Environment, cluster: ClusterName): Required<StackEnvironment> {
  return { account: env.accounts[cluster], region: env.region };
}

import type { Environment } from '../../schema/model';
import { labels as labelNames } from '../../schema/names';
import type { Finding } from '../finding';
import type { Output } from '../output/output';
import type { AdmissionPolicy } from './admission/policy';
import { identities } from './admission/identities';
import type { Cluster } from './cluster';
import { proveClusterCharts } from './controllers/cluster-charts';
import { proveFlux } from './controllers/flux-bootstrap';
import { proveAssociations, proveKedaRole } from './controllers/pod-identity';
import { proveKarpenter, proveKeda, proveReleases } from './controllers/releases';
import { proveNodePorts } from './doors/node-ports';
import { provePeopleDoor } from './doors/people-door';
import { proveProductDoor } from './doors/product-door';
import { proveAddOns } from './eks/add-ons';
import { proveControlPlane } from './eks/control-plane';
import { proveServingNodes } from './eks/serving-nodes';
import { proveVpcResources } from './network/vpc-resources';
import { proveNodeClasses } from './nodes/node-class';
import { poolFaults } from './nodes/pools';
import { proveSystemNodes } from './nodes/system-nodes';
import { provePlatformObjects } from './objects/platform-objects';
import { proveAccessEntries } from './rbac/access-entries';
import { proveServing } from './serving/prove-serving';
import { finding, type Lock } from './way';

type Attempt = <T>(prove: () => T) => T | undefined;

/** What of a cluster does not depend on a tenant or a team. Each part is proven whatever another does not understand. */
export function proveCluster(
  environment: Environment,
  output: Output,
  cluster: Cluster,
  attempt: Attempt,
): readonly Finding[] {
  const { name, objects } = cluster;
  const parts: readonly (() => readonly Finding[])[] = [
    () => provePlatformObjects(name, objects),
    () => policyForms(cluster),
    () => proveAccessEntries(environment, output, name),
    () => proveControlPlane(environment, output, name),
    () => proveAddOns(environment, output, name),
    () => proveSystemNodes(environment, output, name),
    () => proveServingNodes(environment, output, name),
    () => proveVpcResources(environment, output, name),
    () =>
      proveFlux(
        environment,
        output,
        name,
        objects.filter(({ kind }) => kind === 'Bucket' || kind === 'Kustomization'),
      ),
    () => proveClusterCharts(environment, output, name),
    () => proveReleases(environment, name, objects),
    () => proveKarpenter(name, objects),
    () => proveAssociations(environment, output, name),
    () => nodes(environment, cluster),
    () => proveNodePorts(environment, cluster),
    ...(name === 'production'
      ? [
          () => proveServing(environment, objects),
          () => proveKeda(objects, kedaLocks(cluster)),
          () => proveKedaRole(environment, output),
          () => proveProductDoor(environment, output),
        ]
      : [() => provePeopleDoor(environment, output)]),
  ];
  return parts.flatMap((prove) => attempt(prove) ?? []);
}

/** Every policy is bound so that it denies, and errs to the closed side; what each is for is proven by attacks. */
function policyForms({ name, policies }: Cluster): Finding[] {
  return policies.flatMap(({ name: policy, failurePolicy, matchPolicy, bindings }: AdmissionPolicy) => {
    const subject = `${name}: ValidatingAdmissionPolicy ${policy}`;
    const wrong = [
      ...(bindings.some(({ denies }) => denies) ? [] : ['no binding of it denies, so that it refuses nothing']),
      ...(bindings.some(({ denies, match }) => denies && match === undefined) || bindings.length === 0
        ? []
        : ['its binding leaves out a part of what it matches']),
      ...(failurePolicy === 'Fail'
        ? []
        : ['failurePolicy is Ignore: a request on which an expression errs is let through']),
      ...(matchPolicy === 'Equivalent'
        ? []
        : ['matchPolicy is Exact: a request in another version of the API is let through']),
    ];
    return wrong.map((what) =>
      finding('one-lock-left', subject, `admission: ${what}; got one lock less than there are, expected all`),
    );
  });
}

function nodes(environment: Environment, { name, objects, pools, metadata }: Cluster): Finding[] {
  return [
    ...poolFaults(environment, name, pools).map(({ kind, pool, what }) =>
      finding(kind, `${name}: NodePool ${pool}`, `pool ${pool}: ${what}`),
    ),
    ...proveNodeClasses(environment, name, objects),
    ...pools
      .filter(
        ({ nodeClass }) =>
          !objects.some(({ kind, metadata: { name: each } }) => kind === 'EC2NodeClass' && each === nodeClass),
      )
      .map((pool) =>
        finding(
          'closed',
          `${name}: NodePool ${pool.name}`,
          `pool ${pool.name}: got the node class ${pool.nodeClass}, which is not there`,
        ),
      ),
    ...(metadata.broken === undefined
      ? []
      : [finding('one-lock-left', name, `nodes: ${metadata.name}: ${metadata.broken}`)]),
  ];
}

/** What else stands between KEDA and Secrets. */
function kedaLocks({ court, secrets }: Cluster): readonly Lock[] {
  const namespace = {
    name: 'tenant-another',
    labels: { [labelNames.tenant]: 'another', [labelNames.isolation]: 'dedicated' },
  };
  return [
    court.lock('TriggerAuthentications', {
      by: identities.reconciler('another'),
      operation: 'CREATE',
      group: 'keda.sh',
      version: 'v1alpha1',
      resource: 'triggerauthentications',
      namespace,
      object: { metadata: {}, spec: { podIdentity: { provider: 'aws' }, secretTargetRef: [{}] } },
    }),
    secrets,
  ];
}

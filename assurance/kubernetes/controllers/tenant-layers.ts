import type { Environment } from '../../../schema/model';
import { controllerNames, deliveryNames, fluxNames, tenantNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import { nameOf } from '../objects/kubernetes-object';
import type { TenantObjects } from '../objects/tenant-classes';
import { allows, type Grant, type Subject } from '../rbac/grants';
import { finding, type Lock, lock, openWay, type Way } from '../way';
import { declaredSource, difference, type Layer, layersOf, sourcesOf } from './flux-layers';

const { namespace: FLUX, kustomize } = controllerNames.flux;
const folder = (key: string): string => `./${key.replace(/\/[^/]+$/, '')}`;

/**
 * How Flux applies a tenant: the platform's layer as itself, the tenant's own as an account with rights in one namespace. Each from a
 * source that is a prefix of the tenant's own.
 * @param flux the lock of the controller on Kustomizations without an account
 */
export function proveTenantLayers(
  environment: Environment,
  { tenant, index, workloads }: TenantObjects,
  grants: readonly Grant[],
  flux: Lock,
): { readonly ways: readonly Way[]; readonly findings: readonly Finding[] } {
  const { id } = tenant;
  const home = tenantNames.namespace(id);
  const source = declaredSource(environment, 'production', fluxNames.tenant(id), `tenants/${id}/`);
  const expected = {
    platform: layer(id, 'platform', kustomize),
    workloads: {
      ...layer(id, 'workloads', tenantNames.reconciler(id)),
      targetNamespace: home,
      after: [fluxNames.tenantPlatform(id)],
    },
  };
  const layers = layersOf(index);
  const own = layers.find(({ name }) => name === expected.workloads.name);
  const findings: Finding[] = [];
  const subject = (name: string): string => `production: Kustomization ${FLUX}/${name}`;
  for (const declared of [expected.platform, expected.workloads]) {
    const found = layers.find(({ name }) => name === declared.name);
    findings.push(
      ...openWay(
        subject(declared.name),
        `Flux applies the layer of tenant ${id}`,
        found === undefined ? 'it has no such Kustomization' : undefined,
      ),
    );
    if (found === undefined) continue;
    // The account and the target namespace of the own layer are the locks below.
    const rest = difference(
      { ...found, ...(declared === expected.workloads ? lockFields : {}) },
      { ...declared, ...(declared === expected.workloads ? lockFields : {}) },
    );
    if (rest !== undefined)
      findings.push(
        finding('open', subject(found.name), `tenant ${id}: Flux applies another layer than the tenant's: ${rest}`),
      );
  }
  for (const object of index) {
    const known = [expected.platform.name, expected.workloads.name];
    const right =
      object.metadata.namespace === FLUX &&
      ((object.kind === 'Bucket' && object.metadata.name === source.name) ||
        (object.kind === 'Kustomization' && known.includes(object.metadata.name)));
    if (!right)
      findings.push(
        finding(
          'open',
          `production: ${nameOf(object)}`,
          `tenant ${id}: its index has Flux apply what is not the tenant's, as Flux itself: got ${nameOf(object)}, expected its Bucket and two Kustomizations`,
        ),
      );
  }
  const sources = sourcesOf(index);
  const found = sources.find(({ name }) => name === source.name);
  const wrong = found === undefined ? 'there is no such Bucket' : difference(found, source);
  if (wrong !== undefined)
    findings.push(
      finding(
        found === undefined ? 'closed' : 'open',
        `production: Bucket ${FLUX}/${source.name}`,
        `tenant ${id}: its files come from elsewhere: ${wrong}`,
      ),
    );
  return own === undefined ? { ways: [], findings } : { ways: confined(id, own, workloads, grants, flux), findings };
}

const lockFields = { account: '', targetNamespace: '' } as const;

const layer = (id: string, which: 'platform' | 'workloads', account: string): Layer => ({
  name: which === 'platform' ? fluxNames.tenantPlatform(id) : fluxNames.tenantWorkloads(id),
  namespace: FLUX,
  account,
  source: `${FLUX}/${fluxNames.tenant(id)}`,
  path: folder(which === 'platform' ? deliveryNames.tenantPlatformKey(id) : deliveryNames.tenantWorkloadsKey(id)),
  after: [],
});

/** The tenant's own layer stays in its namespace: by the rights of its account, and because Flux puts every object there. */
function confined(
  id: string,
  own: Layer,
  workloads: TenantObjects['workloads'],
  grants: readonly Grant[],
  flux: Lock,
): Way[] {
  const home = tenantNames.namespace(id);
  const reconciler = tenantNames.reconciler(id);
  const mine: Subject = `ServiceAccount ${FLUX}/${reconciler}`;
  const beyond = grants.find(({ subject, scope }) => subject === mine && scope !== home);
  const astray = workloads.find(({ metadata }) => metadata.namespace !== home);
  const account: Lock =
    own.account === undefined
      ? lock(
          'the account of the layer',
          `it names none; ${flux.broken ?? `Flux takes one without rights, and nothing is applied`}`,
        )
      : lock(
          'the account of the layer',
          own.account !== reconciler
            ? `it is applied as ${own.account}, expected ${reconciler}`
            : beyond === undefined
              ? undefined
              : `${beyond.binding} lets it ${beyond.verb} ${beyond.resource} beyond ${home}`,
        );
  return [
    {
      subject: `production: Kustomization ${FLUX}/${own.name}`,
      what: `the layer of tenant ${id} touches other namespaces`,
      locks: [
        account,
        lock(
          'the target namespace of the layer',
          own.targetNamespace === home ? undefined : `got ${own.targetNamespace ?? 'none'}, expected ${home}`,
        ),
        lock(
          'the namespaces that its objects name',
          astray === undefined ? undefined : `${nameOf(astray)} is not in ${home}`,
        ),
      ],
    },
  ];
}

const PLURALS: Readonly<Record<string, string>> = {
  ConfigMap: '/configmaps',
  ScaledJob: 'keda.sh/scaledjobs',
  Job: 'batch/jobs',
};

/** What the account of the layer cannot write stops the whole layer. */
export function writableLayer(
  { tenant: { id }, workloads }: TenantObjects,
  grants: readonly Grant[],
): readonly Finding[] {
  const mine: Subject = `ServiceAccount ${FLUX}/${tenantNames.reconciler(id)}`;
  return workloads.flatMap((object) => {
    const resource = PLURALS[object.kind];
    const may =
      resource !== undefined && allows(grants, [mine], { verb: 'create', resource }, tenantNames.namespace(id));
    return openWay(
      `production: ${nameOf(object)}`,
      `Flux applies the layer of tenant ${id}`,
      may === false || may === undefined ? `its account may not write ${object.kind}` : undefined,
    );
  });
}

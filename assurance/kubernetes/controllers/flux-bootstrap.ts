import type { Environment } from '../../../schema/model';
import { controllerNames, fluxNames, stackNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { closedWay, finding, type Lock, lock } from '../way';
import { declaredSource, difference, layersOf, sourcesOf } from './flux-layers';

const FLUX = controllerNames.flux.namespace;

/** The release of Flux itself, as the cluster's stack hands it to Helm. @throws NotUnderstood where it is not there as text */
export function fluxValues(output: Output, cluster: ClusterName): Reader {
  const id = stackNames.platform(cluster, 'cluster');
  const resources = output.stacks.find((stack) => stack.id === id)?.template().Resources ?? {};
  for (const { Type, Properties = {} } of Object.values(resources)) {
    if (Type !== 'Custom::AWSCDK-EKS-HelmChart' || Properties['Release'] !== 'flux2') continue;
    const text = Properties['Values'];
    if (typeof text !== 'string') break;
    return Reader.of(`${id}: flux2`, 'Values', JSON.parse(text));
  }
  throw new NotUnderstood(
    id,
    "got no Helm release flux2 with its values as text, allowed one; Flux's locks are in them",
  );
}

/**
 * A Kustomization or HelmRelease that names no account, or a source of another namespace: the controllers take an account without
 * rights, and refuse.
 * @see https://github.com/fluxcd-community/helm-charts/blob/main/charts/flux2/values.yaml (chart 2.18.3, 2026-11-24)
 */
export function fluxLock(values: Reader): Lock {
  const tenancy = values.optionalObject('multitenancy')?.value ?? {};
  const name = "Flux's multi-tenancy";
  if (tenancy['enabled'] !== true) return lock(name, 'multitenancy.enabled is not true');
  const account = tenancy['defaultServiceAccount'];
  return lock(
    name,
    account === 'default'
      ? undefined
      : `defaultServiceAccount is ${String(account)}, expected default, which has no rights`,
  );
}

/** What Flux is told at its bootstrap, and how it is run. */
export function proveFlux(
  environment: Environment,
  output: Output,
  cluster: ClusterName,
  sync: readonly KubernetesObject[],
): readonly Finding[] {
  const values = fluxValues(output, cluster);
  return [...proveValues(cluster, values), ...proveSync(environment, cluster, sync, fluxLock(values))];
}

function proveValues(cluster: ClusterName, values: Reader): Finding[] {
  const subject = `${cluster}: HelmRelease flux2`;
  const args = values.object('kustomizeController').optionalObject('container')?.texts('additionalArgs') ?? [];
  return [
    ...(args.includes('--no-remote-bases=true')
      ? []
      : [
          finding(
            'open',
            subject,
            'a Kustomization reads a base from elsewhere, which nobody reviewed: got open, expected --no-remote-bases=true',
          ),
        ]),
    ...(values.object('rbac').value['createAggregation'] === false
      ? []
      : [
          finding(
            'open',
            subject,
            'an editor of a namespace writes Kustomizations: got rbac.createAggregation, expected false',
          ),
        ]),
  ];
}

/** The platform's own layers: which there are, from which prefix each comes, in which order. */
function proveSync(
  environment: Environment,
  cluster: ClusterName,
  sync: readonly KubernetesObject[],
  flux: Lock,
): Finding[] {
  const last =
    cluster === 'production' ? { name: 'tenants', prefix: 'index/' } : { name: 'research', prefix: 'research/' };
  const serving = cluster === 'production' && environment.servingPools.length > 0;
  const sources = [
    declaredSource(environment, cluster, 'platform', 'platform/'),
    declaredSource(environment, cluster, last.name, last.prefix),
    ...(serving ? [declaredSource(environment, cluster, 'serving', 'serving/')] : []),
  ];
  const findings: Finding[] = [];
  for (const object of sync)
    if (!['Bucket', 'Kustomization'].includes(object.kind))
      findings.push(
        finding(
          'open',
          `${cluster}: ${nameOf(object)}`,
          `Flux's bootstrap applies it: got open, expected Buckets and Kustomizations only`,
        ),
      );
  for (const found of sourcesOf(sync)) {
    const expected = sources.find(({ name }) => name === found.name);
    const wrong = expected === undefined ? 'no such source is declared' : difference(found, expected);
    if (wrong !== undefined)
      findings.push(finding('open', `${cluster}: Bucket ${FLUX}/${found.name}`, `Flux pulls from elsewhere: ${wrong}`));
  }
  const layers = layersOf(sync);
  for (const { name, account, source, path, targetNamespace, after, namespace } of layers) {
    const subject = `${cluster}: Kustomization ${namespace}/${name}`;
    const from = sources.find((each) => `${FLUX}/${each.name}` === source);
    if (from === undefined || !`${path.replace(/^\.\//, '')}/`.startsWith(from.prefix))
      findings.push(
        finding('open', subject, `Flux applies ${path} of ${source}: got open, expected a layer of the platform`),
      );
    findings.push(
      ...closedWay({
        subject,
        what: 'a layer is applied as another account than its own',
        locks: [flux, lock('the account of the layer', account === undefined ? 'it names none' : undefined)],
      }),
    );
    if (account !== undefined && account !== controllerNames.flux.kustomize)
      findings.push(
        finding(
          'closed',
          subject,
          `Flux applies the platform's layers: got closed, expected open; ${account} has no rights`,
        ),
      );
    if (targetNamespace !== undefined)
      findings.push(
        finding(
          'closed',
          subject,
          `Flux applies the platform's layers: got closed, expected open; all goes to ${targetNamespace}`,
        ),
      );
    if ((name === last.name || name === 'serving') && !after.includes(fluxNames.platformLayer('admission')))
      findings.push(
        finding(
          'open',
          subject,
          `namespaces come before the policies that judge them: got no dependence on ${fluxNames.platformLayer('admission')}, expected one`,
        ),
      );
  }
  for (const name of ['controllers', 'pools', 'admission']
    .map(fluxNames.platformLayer)
    .concat(last.name, serving ? 'serving' : []))
    if (!layers.some((each) => each.name === name))
      findings.push(
        finding(
          'closed',
          `${cluster}: Kustomization ${FLUX}/${name}`,
          `Flux applies the layer ${name}: got closed, expected open; there is no such Kustomization`,
        ),
      );
  return findings;
}

import { type ChartId, CHARTS, chartReference } from '../../../schema/charts';
import type { Environment } from '../../../schema/model';
import { controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { absentOr, type Allowed, comparedTo, free, rule } from '../allowed';
import { closedWay, finding, type Lock, lock } from '../way';
import { allowedValues } from './release-values';

const { flux, karpenter, keda, kueue } = controllerNames;

/** Namespaces into which charts are installed, by the chart. */
const HOMES: Readonly<Record<string, string>> = {
  karpenter: karpenter.namespace,
  'karpenter-crd': karpenter.namespace,
  keda: keda.namespace,
  kueue: kueue.namespace,
};

/** The layer of an OCI artefact that is the chart; another one is another chart. */
const CHART_LAYER = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' };

const RETRIES = free('how often a failed release is tried again');
const CRDS = rule('CreateReplace, Skip', (value) => value === 'CreateReplace' || value === 'Skip');

/** How a release is run: what drifted is put right, and nothing of it but the order and the times is free. */
const running = (chart: string): Allowed => ({
  releaseName: chart,
  driftDetection: { mode: 'enabled' },
  install: { crds: CRDS, remediation: RETRIES },
  upgrade: { crds: CRDS, cleanupOnFail: absentOr(RETRIES), remediation: RETRIES },
});

const FIELDS: readonly string[] = [
  'chartRef',
  'dependsOn',
  'driftDetection',
  'install',
  'interval',
  'maxHistory',
  'releaseName',
  'serviceAccountName',
  'storageNamespace',
  'targetNamespace',
  'timeout',
  'upgrade',
  'values',
];

/**
 * Charts run with all of Helm's rights: each is one of the platform's, from its own registry, in its version, in its namespace.
 * @throws NotUnderstood on a field that changes what is installed: postRenderers, valuesFrom, kubeConfig
 */
export function proveReleases(
  environment: Environment,
  cluster: ClusterName,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  const sources = new Map(
    objects
      .filter(({ kind }) => kind === 'OCIRepository')
      .map((object) => {
        const spec = Reader.of(nameOf(object), 'repository', object)
          .object('spec')
          .only('url', 'provider', 'ref', 'interval', 'layerSelector');
        if (spec.text('provider') !== 'aws') throw spec.wrong('provider', 'aws');
        if (JSON.stringify(spec.object('layerSelector').value) !== JSON.stringify(CHART_LAYER))
          throw spec.wrong('layerSelector', JSON.stringify(CHART_LAYER));
        const ref = spec.object('ref').only('tag', 'digest');
        return [
          nameOf(object),
          `${spec.text('url')}:${ref.optionalText('tag') ?? ref.optionalText('digest') ?? ''}`,
        ] as const;
      }),
  );
  return objects
    .filter(({ kind }) => kind === 'HelmRelease')
    .flatMap((object) => {
      const spec = Reader.of(nameOf(object), 'release', object)
        .object('spec')
        .only(...FIELDS);
      const { name, namespace } = object.metadata;
      const subject = `${cluster}: ${nameOf(object)}`;
      const chart = Object.entries(CHARTS).find(
        ([id, each]) => id === name && (each.clusters as readonly string[]).includes(cluster),
      );
      const home = HOMES[name];
      if (chart === undefined || home === undefined)
        return [
          finding(
            'open',
            subject,
            `a chart runs with all rights: got ${name}, expected ${Object.keys(HOMES).join(', ')} only`,
          ),
        ];
      const reference = spec.object('chartRef').only('kind', 'name', 'namespace');
      const from = sources.get(
        `OCIRepository ${reference.optionalText('namespace') ?? namespace ?? ''}/${reference.text('name')}`,
      );
      const expected = `${chartReference(environment, cluster, name as ChartId)}:${chart[1].version}`;
      const facts: readonly (readonly [string, string | undefined, string])[] = [
        ['its namespace', namespace, flux.namespace],
        ['chartRef', from, expected],
        ['serviceAccountName', spec.optionalText('serviceAccountName'), flux.helm],
        ['targetNamespace', spec.optionalText('targetNamespace'), home],
        ['storageNamespace', spec.optionalText('storageNamespace'), flux.namespace],
      ];
      const { releaseName, driftDetection, install, upgrade, values } = spec.value;
      const about = 'a chart that runs with all rights';
      return [
        ...facts
          .filter(([, got, wanted]) => got !== wanted)
          .map(([what, got, wanted]) =>
            finding('open', subject, `${about}: ${what}: got ${got ?? 'none'}, expected ${wanted}`),
          ),
        ...comparedTo(running(name), { releaseName, driftDetection, install, upgrade }, subject, about),
        ...comparedTo(allowedValues(environment, cluster, name as ChartId), values, subject, `${about}: values`),
      ];
    });
}

function valuesOf(objects: readonly KubernetesObject[], name: string): Reader | undefined {
  const release = objects.find(({ kind, metadata }) => kind === 'HelmRelease' && metadata.name === name);
  return release === undefined
    ? undefined
    : Reader.of(nameOf(release), 'release', release).object('spec').object('values');
}

/** The value at a path such as `permissions.operator.restrict.secret`; undefined where there is none. */
function at(values: Reader, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values.value);
}

/**
 * KEDA and Secrets: its chart's roles, the credentials that admission lets a tenant write, and that there is no Secret to read.
 * @param locks what holds beside the chart's values
 * @see https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml: permissions (2026-11-25)
 */
export function proveKeda(objects: readonly KubernetesObject[], locks: readonly Lock[]): readonly Finding[] {
  const values = valuesOf(objects, 'keda');
  if (values === undefined)
    return [
      finding(
        'closed',
        'production: HelmRelease keda',
        'KEDA starts pipelines: got closed, expected open; there is no such release',
      ),
    ];
  const wrong = ['permissions.operator.restrict.secret', 'permissions.metricServer.restrict.secret'].find(
    (path) => at(values, path) !== true,
  );
  const subject = `production: HelmRelease ${flux.namespace}/keda`;
  return [
    ...closedWay({
      subject,
      what: "KEDA reads every namespace's Secrets",
      locks: [lock("the chart's roles", wrong === undefined ? undefined : `${wrong} is not true`), ...locks],
    }),
    ...(at(values, 'rbac.enabledCustomScaledRefKinds') === false
      ? []
      : [finding('open', subject, 'KEDA may scale whatever there is: rbac.enabledCustomScaledRefKinds must be false')]),
    ...account(subject, values, 'serviceAccount.operator.name', keda.serviceAccount),
    ...(at(values, 'webhooks.failurePolicy') === 'Fail'
      ? []
      : [
          finding(
            'one-lock-left',
            subject,
            "a ScaledJob that KEDA's webhook did not see is let through: webhooks.failurePolicy must be Fail; left admission of ScaledJobs",
          ),
        ]),
  ];
}

/** Karpenter runs as the account that Pod Identity and its node role's access entry know. */
export function proveKarpenter(cluster: ClusterName, objects: readonly KubernetesObject[]): readonly Finding[] {
  const values = valuesOf(objects, 'karpenter');
  const subject = `${cluster}: HelmRelease ${flux.namespace}/karpenter`;
  if (values === undefined)
    return [finding('closed', subject, 'Karpenter buys nodes: got closed, expected open; there is no such release')];
  return account(subject, values, 'serviceAccount.name', karpenter.serviceAccount);
}

function account(subject: string, values: Reader, path: string, expected: string): Finding[] {
  const got = at(values, path);
  return got === expected
    ? []
    : [
        finding(
          'open',
          subject,
          `it runs as another account than the one that Pod Identity knows: ${path}: got ${String(got)}, expected ${expected}`,
        ),
      ];
}

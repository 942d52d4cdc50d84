import type { Environment } from '../../../schema/model';
import { deliveryNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { servingNames } from '../../../schema/serving-names';
import { type ClusterName, CLUSTERS } from '../../../schema/vocabulary';
import type { Output } from '../../output/output';
import type { ObjectFile } from '../../output/object-files';
import { NotUnderstood } from '../not-understood';
import type { KubernetesObject } from './kubernetes-object';
import { PLACEHOLDER } from './placeholder';
import { parseStream } from './stream';

/** The texts of a tenant: what Flux is told of it, the platform's layer and the tenant's own. */
export interface TenantTexts {
  readonly tenant: Tenant;
  readonly index: string;
  readonly platform: string;
  readonly workloads: string;
}

/** What of an output is applied to the clusters, by who applies it. */
export interface Inventory {
  /** Objects of the platform's layers and of the bootstrap's chart. */
  readonly platform: Readonly<Record<ClusterName, readonly KubernetesObject[]>>;
  readonly sync: Readonly<Record<ClusterName, readonly KubernetesObject[]>>;
  /** Objects of each team, by its id. */
  readonly teams: ReadonlyMap<string, readonly KubernetesObject[]>;
  readonly tenants: readonly TenantTexts[];
  /** The production cluster's own text, in which a tenant's id may happen to be a word. */
  readonly platformText: string;
  readonly objectFiles: number;
}

type Report = (error: NotUnderstood) => void;

const where = ({ cluster, key }: ObjectFile): string => `${cluster}/${key}`;

/**
 * Sorts an output's files by the layer that applies them. What cannot be read, and a file that no layer applies or that is not there,
 * is reported.
 */
export function inventory(environment: Environment, output: Output, report: Report): Inventory {
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      report(error);
      return otherwise;
    }
  };
  const files = new Map(output.objects.map((file) => [where(file), file]));
  const take = (cluster: ClusterName, key: string): ObjectFile | undefined => {
    const file = files.get(`${cluster}/${key}`);
    files.delete(`${cluster}/${key}`);
    return file;
  };
  const missing = (cluster: ClusterName, key: string): void => {
    report(new NotUnderstood(`${cluster}/${key}`, 'got no such file, allowed one; run the synth again'));
  };
  const textOf = (cluster: ClusterName, key: string): string => {
    const file = take(cluster, key);
    if (file !== undefined) return file.text();
    missing(cluster, key);
    return '';
  };

  const living = environment.tenants.filter(({ state }) => state !== 'erased');
  const tenants = living.map((tenant) => ({
    tenant,
    index: textOf('production', deliveryNames.tenantIndexKey(tenant.id)),
    platform: textOf('production', deliveryNames.tenantPlatformKey(tenant.id)),
    workloads: textOf('production', deliveryNames.tenantWorkloadsKey(tenant.id)),
  }));
  for (const { tenant, index, platform, workloads } of tenants)
    if ([tenant.id, index, platform, workloads].some((text) => text.includes(PLACEHOLDER)))
      report(new NotUnderstood(`tenant ${tenant.id}`, `got '${PLACEHOLDER}', which is the proof's own word`));

  const teams = new Map(
    environment.researchTeams.map(({ id }) => {
      const key = deliveryNames.teamKey(id);
      const text = textOf('research', key);
      return [id, attempt(() => parseStream(text, `research/${key}`), [])] as const;
    }),
  );
  const texts: string[] = [];
  const platform = byCluster((cluster) => {
    const layers = [...files.values()].filter(
      (file) =>
        file.cluster === cluster &&
        (file.key.startsWith('platform/') || (cluster === 'production' && file.key === servingNames.objectsKey)),
    );
    return layers.flatMap((file) => {
      files.delete(where(file));
      const text = file.text();
      if (cluster === 'production') texts.push(file.key === servingNames.objectsKey ? withoutSettings(text) : text);
      return attempt(() => parseStream(text, where(file)), []);
    });
  });
  for (const file of files.values())
    report(new NotUnderstood(where(file), 'got a file that belongs to no tenant, team or layer of the environment'));

  const sync = byCluster((cluster) =>
    output.charts
      .filter((chart) => chart.cluster === cluster)
      .flatMap((chart) => {
        const text = unescaped(chart.text());
        if (cluster === 'production') texts.push(text);
        return attempt(() => chartObjects(text, chart.file), []);
      }),
  );
  return { platform, sync, teams, tenants, platformText: texts.join('\n'), objectFiles: output.objects.length };
}

function byCluster<T>(of: (cluster: ClusterName) => T): Record<ClusterName, T> {
  return Object.fromEntries(CLUSTERS.map((cluster) => [cluster, of(cluster)])) as Record<ClusterName, T>;
}

/**
 * What serving is told names every tenant with a model. No policy, right or address of the cluster is in it, and serving/ of this folder proves who is
 * named there, so that a tenant is not one of its own for it.
 */
const withoutSettings = (text: string): string =>
  text
    .split(/^---$/m)
    .filter((document) => !/^kind: ConfigMap$/m.test(document))
    .join('---');

const unescaped = (text: string): string => text.replaceAll('{{ "{{" }}', '\u0000');

function chartObjects(text: string, file: string): readonly KubernetesObject[] {
  if (text.includes('{{'))
    throw new NotUnderstood(
      file,
      "got a Helm expression, allowed '{{' as itself only; what it prints is not known here",
    );
  return parseStream(text.replaceAll('\u0000', '{{'), file);
}

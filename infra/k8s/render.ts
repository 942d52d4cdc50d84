import { parseAllDocuments } from 'yaml';
import { objectFaults } from '../../constructs/guards/objects/gate';
import type { Environment } from '../../schema/model';
import { CLUSTERS } from '../../schema/vocabulary';
import type { RenderedFile } from '../rendered';
import type { ChartFile } from './chart-file';
import { fluxSyncObjects } from './flux-sync';
import { platformFiles } from './platform-chart';
import { researchFile } from './research-chart';
import { servingFiles } from './serving-chart';
import { tenantFiles } from './tenant-chart';

export interface RenderKubernetesOptions {
  /** Id of the one tenant to render. @default every file of both clusters */
  readonly tenant?: string;
}

export interface RenderedKubernetes {
  readonly files: readonly RenderedFile[];
  /** What the gate found, as `file: object: path: got X, allowed Y; remedy`. A synth with any of them has failed. */
  readonly faults: readonly string[];
}

/**
 * Every Kubernetes file of an environment, or of one tenant of it, with the gate run over every object. Rendering one tenant reads
 * no other.
 */
export function renderKubernetes(env: Environment, options: RenderKubernetesOptions = {}): RenderedKubernetes {
  const files: RenderedFile[] = [];
  const faults: string[] = [];
  const add = (file: RenderedFile, objects: readonly unknown[]): void => {
    files.push(file);
    for (const fault of objectFaults(env, file.cluster, `${file.cluster}/${file.key}`, objects)) faults.push(fault);
  };
  const addAll = (chartFiles: readonly ChartFile[]): void => {
    for (const { file, objects } of chartFiles) add(file, objects);
  };
  for (const tenant of tenantsOf(env, options.tenant)) addAll(tenantFiles(env, tenant));
  if (options.tenant === undefined) {
    for (const cluster of CLUSTERS) {
      for (const file of platformFiles(env, cluster)) add(file, objectsOf(file));
      // Delivered inside a chart by the cluster's stack instead of as a file, and judged like the rest.
      faults.push(...objectFaults(env, cluster, `${cluster}/flux-sync`, fluxSyncObjects(env, cluster)));
    }
    addAll(servingFiles(env));
    addAll(env.researchTeams.map((team) => researchFile(env, team)));
  }
  return { files, faults };
}

function tenantsOf(env: Environment, id: string | undefined): Environment['tenants'] {
  if (id === undefined) return env.tenants;
  const tenant = env.tenants.find((candidate) => candidate.id === id);
  if (tenant === undefined) {
    throw new Error(`tenant: got '${id}', allowed a tenant of ${env.name}; see environments/${env.name}/tenants`);
  }
  return [tenant];
}

/** The platform's files are few and do not grow with tenants: reading them back judges the very bytes that are delivered. */
function objectsOf(file: RenderedFile): readonly unknown[] {
  return parseAllDocuments(file.text).map((document) => {
    for (const error of document.errors) throw new Error(`${file.cluster}/${file.key}: ${error.message}`);
    return document.toJS() as unknown;
  });
}

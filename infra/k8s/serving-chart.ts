import { App, Chart } from 'cdk8s';
import { object } from '../../constructs/k8s/object';
import { chartObjects } from '../../constructs/k8s/render';
import { modelServerObjects } from '../../constructs/k8s/serving/model-server';
import { renderedServers } from '../../constructs/k8s/serving/rendered-servers';
import { routerObjects } from '../../constructs/k8s/serving/router';
import type { Environment } from '../../schema/model';
import { servingNames } from '../../schema/serving-names';
import { type ChartFile, chartFile } from './chart-file';

/** The router and the model servers of an environment; none where it has no serving pools. */
export function servingFiles(env: Environment): readonly ChartFile[] {
  if (env.servingPools.length === 0) return [];
  const chart = new Chart(new App(), 'serving', { disableResourceNameHashes: true });
  const servers = renderedServers(env);
  const objects = [...routerObjects(env, servers), ...servers.flatMap((server) => modelServerObjects(env, server))];
  for (const manifest of objects) object(chart, `${manifest.kind}-${manifest.metadata.name}`, manifest);
  return [
    chartFile({ cluster: 'production', key: servingNames.objectsKey, owner: { kind: 'serving' } }, chartObjects(chart)),
  ];
}

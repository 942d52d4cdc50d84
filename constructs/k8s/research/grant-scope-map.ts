import type { Construct } from 'constructs';
import { datasetScope, SCOPE_FILE } from '../../../schema/dataset-scope';
import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { labels, teamNames } from '../../../schema/names';
import { labelSet } from '../label-set';
import { object, type KubernetesObject } from '../object';

interface ConfigMap extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly data: Readonly<Record<string, string>>;
}

/** What the pods of a grant are told of it, where it opens a tenant. It says where things lie, and gives no right. */
export function grantScopeMap(scope: Construct, env: Environment, grant: Grant): void {
  const told = datasetScope(env, grant);
  if (told === undefined) return;
  const name = teamNames.grantScope(grant.id);
  object<ConfigMap>(scope, `configmap-${name}`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: teamNames.namespace(grant.team),
      labels: { ...labelSet({ env, name: 'grant', owner: `team/${grant.team}` }), [labels.grant]: grant.id },
    },
    data: { [SCOPE_FILE]: `${JSON.stringify(told, undefined, 2)}\n` },
  });
}

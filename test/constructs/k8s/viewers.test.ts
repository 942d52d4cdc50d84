import { expect, test } from '@jest/globals';
import type { PolicyRule } from '../../../constructs/k8s/namespace/role';
import { controllerObjects } from '../../../constructs/k8s/platform/controllers';
import { viewers } from '../../../constructs/k8s/platform/viewers';
import { CLUSTERS } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { objectsOf } from './chart-samples';

const env = sampleEnvironment();
interface WithRules {
  readonly rules?: readonly PolicyRule[];
}

test.each(CLUSTERS)('viewers of the %s cluster read, and nothing of what tenants’ and teams’ pods say', (cluster) => {
  const objects = objectsOf((chart) => {
    viewers(chart, env, cluster);
  });
  const rules = objects.flatMap((object) =>
    ((object as WithRules).rules ?? []).map((rule) => ({ rule, namespace: object.metadata.namespace })),
  );
  expect(rules.length).toBeGreaterThan(10);
  for (const { rule, namespace } of rules) {
    expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining([...rule.verbs]));
    expect(rule.apiGroups).not.toContain('*');
    for (const resource of rule.resources) {
      if (resource.includes('/')) expect([resource, namespace]).toEqual(['pods/log', expect.any(String)]);
      expect(['*', 'secrets']).not.toContain(resource);
    }
  }
  const controllers = controllerObjects(env, cluster).flatMap(({ kind, metadata }) =>
    kind === 'Namespace' ? [metadata.name] : [],
  );
  const heard = rules.flatMap(({ namespace }) => namespace ?? []);
  expect(heard.sort()).toEqual(controllers.sort());
});

test.each(CLUSTERS)('the releases of the %s cluster stay when they vanish from the list', (cluster) => {
  const releases = controllerObjects(env, cluster).filter(({ kind }) => kind === 'HelmRelease');
  expect(releases.length).toBeGreaterThan(2);
  for (const { metadata } of releases)
    expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
});

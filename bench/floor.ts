/**
 * Child process of the benchmark: the least that CDK and cdk8s can do for the same output. It takes the resources and objects
 * that the full synth wrote, turns them into constructor arguments off the clock, and on the clock only loads the modules of their
 * types, constructs bare L1s in as many stacks, bare ApiObjects in as many charts, and writes both.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ApiObject, App as ObjectApp, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { renderChart } from '../constructs/k8s/render';
import { bareResource, loadModules, type BareResource } from './bare-resource';
import { measure, timed } from './measure';

interface Written {
  readonly stacks: readonly {
    readonly id: string;
    readonly account: string;
    readonly region: string;
    readonly file: string;
  }[];
  readonly files: readonly { readonly key: string; readonly text: string }[];
}

const [inventory = '', outdir = '', count = '0'] = process.argv.slice(2);
const written = JSON.parse(readFileSync(inventory, 'utf8')) as Written;

const templates = written.stacks.map((stack) => ({
  stack,
  template: JSON.parse(readFileSync(stack.file, 'utf8')) as { Resources: Record<string, { Type: string }> },
}));
// The full synth loads modules on its clock; so does the floor, as far as its resources need them.
const loading = timed(() => {
  loadModules(templates.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type)));
});
const stacks = templates.map(({ stack, template }) => {
  const resources: BareResource[] = Object.entries(template.Resources).map(([id, resource]) =>
    bareResource(id, resource),
  );
  return { id: stack.id, env: { account: stack.account, region: stack.region }, resources };
});
const files = written.files.map((file) => ({
  key: file.key,
  objects: parseAllDocuments(file.text).map((document) => document.toJS() as { apiVersion: string; kind: string }),
}));

measure(
  Number(count),
  () => {
    const app = new App({
      outdir: join(outdir, 'cdk'),
      context: { ...recommendedFlags, 'aws:cdk:disable-creation-stack-traces': true },
      analyticsReporting: false,
      treeMetadata: false,
      stackTraces: false,
      builtinCloudFormationValidation: false,
    });
    const stage = new Stage(app, 'floor');
    for (const { id, env, resources } of stacks) {
      const stack = new Stack(stage, id, { env });
      for (const resource of resources) resource(stack);
    }
    app.synth();
    const objectApp = new ObjectApp({ outdir: join(outdir, 'k8s') });
    for (const [index, { key, objects }] of files.entries()) {
      const chart = new Chart(objectApp, `chart-${index}`);
      for (const [number, manifest] of objects.entries()) new ApiObject(chart, `object-${number}`, manifest);
      const file = join(outdir, 'k8s', key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, renderChart(chart));
    }
    return stacks.length;
  },
  loading,
);

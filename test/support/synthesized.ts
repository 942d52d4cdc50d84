import { synthesize, readTemplate, type Synthesis, type SynthesizedStack } from '../../infra/synth';
import { loadNamed } from '../../environments';
import { readInput } from '../../environments/read-input';
import { loadEnvironment } from '../../schema/load';
import type { Environment } from '../../schema/model';
import { temporaryFolder } from './temporary';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}
export interface WholeEnvironment extends Synthesis {
  readonly env: Environment;
  readonly templates: readonly { readonly stack: SynthesizedStack; readonly template: Template }[];
}

const cache = new Map<string, WholeEnvironment>();

/** One of `environments/`, synthesized once per test file, its templates read back from disk. */
export function synthesized(name: string): WholeEnvironment {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const whole = wholeOf(loadNamed(name));
  cache.set(name, whole);
  return whole;
}

/** The same of an environment that is the tests' own, with its `index.ts`, from any folder. */
export function synthesizedFrom(folder: string): WholeEnvironment {
  return wholeOf(loadEnvironment(readInput(folder), folder));
}

function wholeOf(env: Environment): WholeEnvironment {
  const result = synthesize(env, { outdir: temporaryFolder() });
  const templates = result.stacks.map((stack) => ({ stack, template: readTemplate(stack) as unknown as Template }));
  return { ...result, env, templates };
}

/** Every resource of a type over all templates of an environment, with the stack that has it. */
export function resourcesOf(whole: WholeEnvironment, type: string): { where: string; resource: Resource }[] {
  return whole.templates.flatMap(({ stack, template }) =>
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ where: `${stack.id}/${id}`, resource })),
  );
}

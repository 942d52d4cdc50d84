import { synthesize, readTemplate, type Synthesis, type SynthesizedStack } from '../../infra/synth';
import { loadNamed } from '../../environments';
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

/**
 * An environment synthesized once per test file, its templates read back from disk.
 * @param folder with other tenants and grants for its `index.ts`
 */
export function synthesized(name: string, folder?: string): WholeEnvironment {
  const key = `${name} ${folder ?? ''}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const env = loadNamed(name, folder === undefined ? {} : { folder });
  const result = synthesize(env, { outdir: temporaryFolder() });
  const templates = result.stacks.map((stack) => ({ stack, template: readTemplate(stack) as unknown as Template }));
  const whole = { ...result, env, templates };
  cache.set(key, whole);
  return whole;
}

/** Every resource of a type over all templates of an environment, with the stack that has it. */
export function resourcesOf(whole: WholeEnvironment, type: string): { where: string; resource: Resource }[] {
  return whole.templates.flatMap(({ stack, template }) =>
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ where: `${stack.id}/${id}`, resource })),
  );
}

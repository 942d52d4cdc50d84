import { Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../../../infra/build-app';
import type { Environment } from '../../../../schema/model';
import { doorsEnvironment } from '../../../support/doors-environment';

const stages = new WeakMap<Environment, Stage>();
const DOORS = doorsEnvironment();

/** The platform's stacks of an environment, made once: a synth writes all of them. */
export function platform(env: Environment = DOORS): Stage {
  const known = stages.get(env);
  if (known !== undefined) return known;
  const stage = buildApp(env, [], { tenants: [] }).node.findChild(env.name);
  if (!Stage.isStage(stage)) throw new Error(`${env.name}: got no stage, allowed one`);
  stages.set(env, stage);
  return stage;
}

/** A platform stack of an environment with doors, or of another, and its template. */
export function platformStack(
  id: string,
  env: Environment = DOORS,
): { readonly stack: Stack; readonly template: Template } {
  const stack = platform(env).node.findChild(id);
  if (!Stack.isStack(stack)) throw new Error(`${id}: got no stack, allowed one`);
  return { stack, template: Template.fromStack(stack) };
}

import { readFileSync } from 'node:fs';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { templateFaults } from '../constructs/guards/templates/template-faults';
import type { Environment } from '../schema/model';
import { openAssets } from './asset-modes';
import { buildApp, type BuildAppOptions } from './build-app';
import { renderKubernetes } from './k8s/render';
import type { RenderedFile } from './rendered';

/** One CloudFormation template as it was written. */
export interface SynthesizedStack {
  /** Id below the stage, such as `tenant-acme`. */
  readonly id: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly file: string;
}

export interface Synthesis {
  readonly directory: string;
  readonly stacks: readonly SynthesizedStack[];
  readonly files: readonly RenderedFile[];
}

/** Faults that a guard found in what was synthesized; `faults` are one line each. */
export class SynthesisFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SynthesisFaults';
  }
}

/**
 * Translates an environment into Kubernetes objects and a cloud assembly, and lets the guards judge both.
 * @throws SynthesisFaults with every fault of every object, or of every template; before anything is written where the one tenant
 * that is asked for has no output
 */
export function synthesize(env: Environment, options: BuildAppOptions = {}): Synthesis {
  const only = options.tenant === undefined ? {} : { tenant: options.tenant };
  if (options.tenant !== undefined) requireOutput(env, options.tenant);
  const { files, faults } = renderKubernetes(env, only);
  if (faults.length > 0) throw new SynthesisFaults(faults);
  const assembly = buildApp(env, files, options).synth();
  openAssets(assembly.directory);
  const artifacts = assembly.nestedAssemblies.flatMap((nested) => nested.nestedAssembly.stacks);
  const stacks = artifacts.map(describeStack);
  const knownRoleArns = new Set([env.ingestPrincipal]);
  const found = stacks.flatMap((stack) =>
    templateFaults(readTemplate(stack), { stackName: stack.stackName, account: stack.account, knownRoleArns }),
  );
  if (found.length > 0) throw new SynthesisFaults(found);
  return { directory: assembly.directory, stacks, files };
}

/** A tenant that is erased has neither a stack nor an object: its file says that the id is used up. */
function requireOutput(env: Environment, id: string): void {
  const tenant = env.tenants.find((each) => each.id === id);
  if (tenant !== undefined && tenant.state !== 'erased') return;
  const got = tenant === undefined ? `'${id}'` : `'${id}', whose state is 'erased'`;
  throw new SynthesisFaults([
    `environments/${env.name}/tenants: tenant: got ${got}, allowed a tenant that has a stack; name another`,
  ]);
}

/** The template of a stack, read from disk: what CloudFormation will get, not the objects that wrote it. */
export function readTemplate(stack: SynthesizedStack): Record<string, unknown> {
  return JSON.parse(readFileSync(stack.file, 'utf8')) as Record<string, unknown>;
}

function describeStack(artifact: CloudFormationStackArtifact): SynthesizedStack {
  const { hierarchicalId, stackName, environment, templateFullPath } = artifact;
  return {
    id: hierarchicalId.slice(hierarchicalId.indexOf('/') + 1),
    stackName,
    account: environment.account,
    region: environment.region,
    file: templateFullPath,
  };
}

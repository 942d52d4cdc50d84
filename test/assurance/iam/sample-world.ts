import { readStacks, type Stack } from '../../../assurance/output/cloud-assembly';
import { readWorld } from '../../../assurance/iam/read-world';
import type { Resource, World } from '../../../assurance/iam/world';
import { synthesize } from '../../../infra/synth';
import { sampleEnvironment } from '../../support/sample-environment';
import { temporaryFolder } from '../../support/temporary';

export const SAMPLE = sampleEnvironment();
export const { production: PRODUCTION, research: RESEARCH } = SAMPLE.accounts;

let stacks: readonly Stack[] | undefined;
let world: World | undefined;

/** Stacks of the sample environment, synthesized once for a test file and read back from disk. */
export function sampleStacks(): readonly Stack[] {
  if (stacks !== undefined) return stacks;
  const outdir = temporaryFolder();
  synthesize(SAMPLE, { outdir });
  return (stacks = readStacks(outdir, SAMPLE.name));
}

export function sampleWorld(): World {
  return (world ??= readWorld(sampleStacks(), { organisation: SAMPLE.organizationId }));
}

/** A resource by its stack and logical id below the environment, such as `tenant-acme/Bucket`. */
export function resourceAt(where: string): Resource {
  const found = [...sampleWorld().resources.values()].find((one) => one.where === `${SAMPLE.name}-${where}`);
  if (found === undefined) throw new Error(`the sample has no resource at ${where}`);
  return found;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentNames, loadNamed, requireEnvironmentName } from '../environments';
import { prerequisites } from '../infra/aws/prerequisites';
import { synthesize, type Synthesis } from '../infra/synth';
import { allFaults } from './all-faults';
import { OutputFolder } from './output-folder';
import { Progress } from './progress';

export interface SynthCommand {
  /** @default - every environment */
  readonly env?: string;
  /** Needs `env`. @default - every tenant */
  readonly tenant?: string;
  /** Folder whose parts of these environments are replaced once everything is right. */
  readonly output: string;
  /** Day as YYYY-MM-DD against which grants are judged. @default - expiry is not judged, so that a synth gives the same bytes any day */
  readonly today?: string;
}

/**
 * Synthesizes environments into a staging folder and swaps it in at the end: nothing is written when something is wrong.
 * @throws Error with the faults of every environment, before any is synthesized
 */
export function synth(command: SynthCommand): void {
  if (command.tenant !== undefined && command.env === undefined) {
    throw new Error(
      `--tenant: got '${command.tenant}' without --env, allowed with --env; say which environment's tenant`,
    );
  }
  const names = command.env === undefined ? environmentNames : [requireEnvironmentName(command.env, '--env')];
  const only = command.tenant === undefined ? {} : { tenant: command.tenant };
  const today = command.today === undefined ? {} : { today: command.today };
  const environments = allFaults(names, (name) => loadNamed(name, { ...only, ...today }));

  const progress = new Progress();
  const output = new OutputFolder(command.output);
  try {
    for (const [index, env] of environments.entries()) {
      progress.step(`${env.name} (${index + 1} of ${names.length})`);
      const started = performance.now();
      const result = synthesize(env, { outdir: join(output.staging, 'cdk', env.name), ...only });
      for (const file of result.files) {
        write(join(output.staging, 'k8s', env.name, file.cluster, file.key), file.text);
      }
      write(join(output.staging, 'prerequisites', env.name, 'PREREQUISITES.md'), prerequisites(env));
      progress.done(summary(env.name, result, performance.now() - started));
    }
    output.commit(names);
  } finally {
    output.discard();
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function summary(name: string, result: Synthesis, milliseconds: number): string {
  const tenants = result.stacks.filter((stack) => stack.id.startsWith('tenant-')).length;
  const counts = [counted(result.stacks.length, 'stack'), `${counted(tenants, 'tenant')} among them`];
  return `${name}: ${counts.join(', ')}, ${counted(result.files.length, 'file')} of objects, ${(milliseconds / 1000).toFixed(1)} s`;
}

/** A count with its noun, in the plural where it is not one. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

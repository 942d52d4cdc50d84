import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentNames, loadNamed, requireEnvironmentName } from '../environments';
import { prerequisites } from '../infra/aws/prerequisites';
import { synthesize, type Synthesis } from '../infra/synth';
import { Progress } from './progress';

export interface SynthCommand {
  /** @default - every environment */
  readonly env?: string;
  /** @default - every tenant */
  readonly tenant?: string;
  /** Folder that is replaced once everything is right. */
  readonly output: string;
  /** Day as YYYY-MM-DD against which grants are judged. @default - expiry is not judged, so that a synth gives the same bytes any day */
  readonly today?: string;
}

/** Synthesizes into a folder beside `output` and swaps it in at the end: nothing is written when something is wrong. */
export function synth(command: SynthCommand): void {
  const names = command.env === undefined ? environmentNames : [requireEnvironmentName(command.env, '--env')];
  const progress = new Progress();
  const staging = `${command.output}.${process.pid}.partial`;
  try {
    for (const [index, name] of names.entries()) {
      progress.step(`${name} (${index + 1} of ${names.length})`);
      const started = performance.now();
      const env = loadNamed(name, {
        ...(command.tenant === undefined ? {} : { tenant: command.tenant }),
        ...(command.today === undefined ? {} : { today: command.today }),
      });
      const result = synthesize(env, {
        outdir: join(staging, 'cdk', name),
        ...(command.tenant === undefined ? {} : { tenant: command.tenant }),
      });
      writeObjects(staging, name, result);
      write(join(staging, 'prerequisites', name, 'PREREQUISITES.md'), prerequisites(env));
      progress.done(summary(name, result, env.tenants.length, performance.now() - started));
    }
    mkdirSync(command.output, { recursive: true });
    rmSync(command.output, { recursive: true });
    renameSync(staging, command.output);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function writeObjects(folder: string, name: string, result: Synthesis): void {
  for (const file of result.files) write(join(folder, 'k8s', name, file.cluster, file.key), file.text);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function summary(name: string, result: Synthesis, tenants: number, milliseconds: number): string {
  const seconds = (milliseconds / 1000).toFixed(1);
  return `${name}: ${result.stacks.length} stacks, ${result.files.length} files of objects, ${tenants} tenants, ${seconds} s`;
}

import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { EnvironmentProof } from '../assurance/proof';
import type { Environment } from '../schema/model';
import { type ChosenEnvironment, chosenEnvironment } from './chosen-environment';
import { counted } from './counted';
import { type Environments, loadChosen } from './environments';
import { OutputFolder } from './output-folder';
import { Progress } from './progress';
import { synth } from './synth';
import { toldFindings } from './told-findings';
import { write } from './write';

const load = createRequire(__filename);

/** What needs the solver and the policies' vocabulary, which take a second to load: nothing before the proof waits for them. */
const loadProof = () => load('../assurance/proof') as typeof import('../assurance/proof');

interface ProveCommand extends ChosenEnvironment {
  readonly output: string;
  /** Whether the environments are synthesized first. */
  readonly synth: boolean;
}

/** Adds `atoll prove`. */
export function registerProve(program: Command, environments: Environments): void {
  program
    .command('prove')
    .description('prove over the synthesized output that no tenant reaches another, and what else must hold')
    .option('-e, --env <name>', 'one environment only')
    .option('-c, --context <env=name>', 'the same, in the words of the CDK CLI')
    .option('-o, --output <folder>', 'folder of the output, in which proof/<env> is written', 'dist')
    .option('--no-synth', 'prove what lies there, without a synth before')
    .action((options: ProveCommand) => prove(environments, options));
}

/** @throws Error with the number of findings, after they were printed and written */
async function prove(environments: Environments, command: ProveCommand): Promise<void> {
  const only = chosenEnvironment(command);
  const loaded = loadChosen(environments, only, (name) => environments.load(name));
  if (command.synth)
    await synth(environments, { output: command.output, ...(only === undefined ? {} : { env: only }) });
  const progress = new Progress();
  let findings = 0;
  for (const env of loaded) {
    const started = performance.now();
    const proof = await loadProof().proveEnvironment(env, command.output, (text) => {
      progress.step(`${env.name}: ${text}`);
    });
    progress.clear();
    findings += proof.findings.length;
    writeProof(command.output, env, proof);
    process.stdout.write(verdict(command.output, env, proof, (performance.now() - started) / 1000));
  }
  if (findings > 0) throw new Error(`prove: got ${counted(findings, 'finding')}, allowed none; see above`);
}

function writeProof(output: string, env: Environment, { files }: EnvironmentProof): void {
  const folder = join(output, OutputFolder.partOfProof(env.name));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) write(join(folder, name), text);
}

const NOTE =
  'Each names the first place: what is the same up to the name of a tenant, a grant or a key is asked about once. README.md says what each kind means.';

function verdict(output: string, env: Environment, { lines, findings }: EnvironmentProof, seconds: number): string {
  const head = `${env.name}: ${findings.length === 0 ? 'proven' : counted(findings.length, 'finding')}, ${seconds.toFixed(1)} s`;
  const folder = join(output, OutputFolder.partOfProof(env.name));
  const found = toldFindings(findings, join(folder, 'proof.json')).map((line) => `  ${line}`);
  const where = `  ${join(folder, 'access-matrix.html')}`;
  const note = findings.length === 0 ? [] : [`  ${NOTE}`];
  return [head, ...lines.map((line) => `  ${line}`), ...found, ...note, where].map((line) => `${line}\n`).join('');
}

import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CostResult } from '../assurance/cost/cost-line';
import type { CostReport } from '../assurance/cost/report';
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

/** What parses all objects: nothing before the reckoning waits for it. */
const loadCost = () => load('../assurance/cost/report') as typeof import('../assurance/cost/report');

interface CostCommand extends ChosenEnvironment {
  readonly output: string;
  /** Whether the environments are synthesized first. */
  readonly synth: boolean;
  /** Whether standard output is JSON and nothing else. @default false */
  readonly json?: boolean;
}

/** Adds `atoll cost`. */
export function registerCost(program: Command, environments: Environments): void {
  program
    .command('cost')
    .description('print what an environment costs idle, in a usual month and at its peak, by line and by tenant')
    .option('-e, --env <name>', 'one environment only')
    .option('-c, --context <env=name>', 'the same, in the words of the CDK CLI')
    .option('-o, --output <folder>', 'folder of the output, in which cost/<env> is written', 'dist')
    .option('--no-synth', 'reckon with what lies there, without a synth before')
    .option('--json', 'print a list of what cost.json says of each environment, and nothing else')
    .action((options: CostCommand) => cost(environments, options));
}

/** @throws Error with the number of findings, after they were printed and written */
async function cost(environments: Environments, command: CostCommand): Promise<void> {
  const only = chosenEnvironment(command);
  const json = command.json === true;
  const loaded = loadChosen(environments, only, (name) => environments.load(name));
  if (command.synth)
    await synth(environments, { output: command.output, quiet: json, ...(only === undefined ? {} : { env: only }) });
  const progress = new Progress();
  const results: CostResult[] = [];
  for (const env of loaded) {
    progress.step(`${env.name}: what it costs`);
    const report = loadCost().reportCost(env, command.output);
    progress.clear();
    results.push(report.result);
    writeCost(command.output, env, report);
    if (!json) process.stdout.write(told(command.output, report));
  }
  if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
  const findings = results.reduce((sum, result) => sum + result.findings.length, 0);
  if (findings > 0) throw new Error(`cost: got ${counted(findings, 'finding')}, allowed none; see above`);
}

function writeCost(output: string, env: Environment, { files }: CostReport): void {
  const folder = join(output, OutputFolder.partOfCost(env.name));
  rmSync(folder, { recursive: true, force: true });
  for (const { name, text } of files) write(join(folder, name), text);
}

function told(output: string, { result, lines }: CostReport): string {
  const folder = join(output, OutputFolder.partOfCost(result.environment));
  const found = toldFindings(result.findings, join(folder, 'cost.json')).map((line) => `  ${line}`);
  return [...lines, ...found, `  ${join(folder, 'cost.html')}`].map((line) => `${line}\n`).join('');
}

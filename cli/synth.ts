import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Synthesis } from '../infra/synth';
import type { Environment } from '../schema/model';
import { counted } from './counted';
import { day } from './day';
import { loadChosen, type Environments } from './environments';
import { cleanOnInterrupt } from './interrupt';
import { OutputFolder } from './output-folder';
import { isSystemError, unwritable } from './output-path';
import { Progress } from './progress';
import { type AuditWork, auditWork, writeAudit } from './synth-audit';
import { since, write, type Written } from './write';

const load = createRequire(__filename);

interface SynthCommand {
  /** @default - every environment */
  readonly env?: string;
  /** Needs `env`. @default - every tenant */
  readonly tenant?: string;
  /** Folder whose parts of these environments are replaced once everything is right. */
  readonly output: string;
  /** Day as YYYY-MM-DD against which grants are judged. @default - expiry is not judged, so that a synth gives the same bytes any day */
  readonly today?: string;
  /** Whether nothing is said on standard output. @default false */
  readonly quiet?: boolean;
}

/** Adds `atoll synth`. */
export function registerSynth(program: Command, environments: Environments): void {
  program
    .command('synth')
    .description('synthesize CloudFormation, Kubernetes objects, PREREQUISITES.md and the audit accounts into dist/')
    .option('-e, --env <name>', 'one environment only')
    .option('-t, --tenant <id>', 'one tenant only, into <output>/one-tenant/<env>/<id>')
    .option('-o, --output <folder>', 'folder in which these environments are replaced', 'dist')
    .option('--today <day>', 'judge the expiry of grants on this day, YYYY-MM-DD', day)
    .action((options: SynthCommand) => synth(environments, options));
}

/**
 * Synthesizes environments into a staging folder and swaps it in at the end: nothing is written when something is wrong.
 * @throws Error with the faults of every environment, before any is synthesized
 */
export async function synth(environments: Environments, command: SynthCommand): Promise<void> {
  const { env: only, tenant, today } = command;
  if (tenant !== undefined && only === undefined) {
    throw new Error(`--tenant: got '${tenant}' without --env, allowed with --env; say which environment's tenant`);
  }
  const output = new OutputFolder(command.output, environments.folder);
  const release = cleanOnInterrupt(() => {
    output.discard();
  });
  try {
    output.open();
    const options = { ...(tenant === undefined ? {} : { tenant }), ...(today === undefined ? {} : { today }) };
    const loaded = loadChosen(environments, only, (name) => environments.load(name, options));
    // Of one tenant alone nothing is said about an account that has no tenants in it.
    const audit = tenant === undefined ? auditWork(environments, loaded) : { accounts: [], left: [] };
    const lines = await writeAll(loaded, audit, command, output).catch((error: unknown) => {
      throw isSystemError(error) ? unwritable(command.output, error) : error;
    });
    if (command.quiet !== true) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    output.discard();
    release();
  }
}

/** What needs the CDK, which takes half a second to load: no other command waits for it, and no fault. */
function loadInfra() {
  const { synthesize } = load('../infra/synth') as typeof import('../infra/synth');
  const { prerequisites } = load('../infra/aws/prerequisites') as typeof import('../infra/aws/prerequisites');
  return { synthesize, prerequisites };
}
type Infra = ReturnType<typeof loadInfra>;

async function writeAll(
  environments: readonly Environment[],
  audit: AuditWork,
  { env: only, tenant }: SynthCommand,
  output: OutputFolder,
): Promise<string[]> {
  const infra = loadInfra();
  const progress = new Progress();
  const written: Written[] = [];
  try {
    for (const [index, env] of environments.entries()) {
      progress.step(`${env.name} (${index + 1} of ${environments.length})`);
      await interruptible();
      written.push(
        tenant === undefined ? writeEnvironment(infra, env, output) : writeTenant(infra, env, tenant, output),
      );
    }
    for (const account of audit.accounts) {
      progress.step(`audit account ${account.account}`);
      await interruptible();
      written.push(await writeAudit(account, output));
    }
    await interruptible();
    output.commit(written.flatMap(({ parts }) => parts));
    if (tenant === undefined) output.forgetReports(environments.map(({ name }) => name));
    if (only === undefined) {
      output.keepOnly(
        environments.map(({ name }) => name),
        audit.accounts.map(({ account }) => account),
      );
    }
  } finally {
    progress.clear();
  }
  return [...written.map(({ line }) => line), ...audit.left];
}

/** A turn of the event loop, in which a signal is answered. */
const interruptible = (): Promise<void> => setImmediate();

function writeEnvironment(infra: Infra, env: Environment, output: OutputFolder): Written {
  const started = performance.now();
  const { cdk, k8s, prerequisites: file } = OutputFolder.partsOf(env.name);
  const result = infra.synthesize(env, { outdir: join(output.staging, cdk) });
  writeObjects(join(output.staging, k8s), result);
  write(join(output.staging, file, 'PREREQUISITES.md'), infra.prerequisites(env));
  const tenants = result.stacks.filter((stack) => stack.id.startsWith('tenant-')).length;
  const stacks = `${counted(result.stacks.length, 'stack')}, ${counted(tenants, 'tenant')} among them`;
  return { parts: [cdk, k8s, file], line: `${env.name}: ${stacks}, ${objects(result)}, ${since(started)}` };
}

function writeTenant(infra: Infra, env: Environment, tenant: string, output: OutputFolder): Written {
  const started = performance.now();
  const folder = OutputFolder.partOfTenant(env.name, tenant);
  const result = infra.synthesize(env, { outdir: join(output.staging, folder, 'cdk'), tenant });
  writeObjects(join(output.staging, folder, 'k8s'), result);
  const what = `${counted(result.stacks.length, 'stack')}, ${objects(result)}`;
  const line = `${env.name}, tenant ${tenant} alone: ${what}, ${since(started)}, in ${output.shown(folder)}`;
  return { parts: [folder], line };
}

function writeObjects(folder: string, result: Synthesis): void {
  for (const file of result.files) write(join(folder, file.cluster, file.key), file.text);
}

const objects = (result: Synthesis): string => `${counted(result.files.length, 'file')} of objects`;

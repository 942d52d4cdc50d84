/** `atoll`: an entry point. Each command is a file; this one only names them and turns what went wrong into one message. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { environmentNames, loadNamed, requireEnvironmentName } from '../environments';
import { jsonSchemas } from '../schema/json-schemas';
import { allFaults } from './all-faults';
import { day } from './day';
import { registerImages } from './images';
import { counted, synth, type SynthCommand } from './synth';

const program = new Command('atoll')
  .description('Infrastructure as code for ML on tenants’ data')
  .option('--verbose', 'show the stack trace of what went wrong', false)
  .showHelpAfterError();

program
  .command('synth')
  .description('synthesize CloudFormation, Kubernetes objects and PREREQUISITES.md into dist/')
  .option('-e, --env <name>', 'one environment only')
  .option('-t, --tenant <id>', 'one tenant only')
  .option('-o, --output <folder>', 'folder in which these environments are replaced', 'dist')
  .option('--today <day>', 'judge the expiry of grants on this day, YYYY-MM-DD', day)
  .action((options: SynthCommand) => {
    synth(options);
  });

program
  .command('validate')
  .description('check environments and report every fault at once')
  .option('-e, --env <name>', 'one environment only')
  .option('--today <day>', 'day on which grants are judged, YYYY-MM-DD', day, new Date().toISOString().slice(0, 10))
  .action((options: { env?: string; today: string }) => {
    const names = options.env === undefined ? environmentNames : [requireEnvironmentName(options.env, '--env')];
    const lines = allFaults(names, (name) => {
      const env = loadNamed(name, { today: options.today });
      return `${name}: ${counted(env.tenants.length, 'tenant')}, ${counted(env.grants.length, 'grant')}, no fault\n`;
    });
    for (const line of lines) process.stdout.write(line);
  });

program
  .command('schemas')
  .description('write the JSON Schemas that editors use')
  .action(() => {
    const folder = join(__dirname, '..', 'schema', 'json');
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, name), text);
  });

registerImages(program);

program.parseAsync().catch((error: unknown) => {
  const verbose = program.opts<{ verbose: boolean }>().verbose;
  const text = error instanceof Error ? ((verbose ? error.stack : undefined) ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});

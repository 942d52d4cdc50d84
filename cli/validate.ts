import type { Command } from 'commander';
import { counted } from './counted';
import { day } from './day';
import { loadChosen, type Environments } from './environments';

/** Adds `atoll validate`. */
export function registerValidate(program: Command, environments: Environments): void {
  program
    .command('validate')
    .description('check environments and report every fault at once')
    .option('-e, --env <name>', 'one environment only')
    .option('--today <day>', 'day on which grants are judged, YYYY-MM-DD', day, new Date().toISOString().slice(0, 10))
    .action((options: { env?: string; today: string }) => {
      const lines = loadChosen(environments, options.env, (name) => {
        const env = environments.load(name, { today: options.today });
        return `${name}: ${counted(env.tenants.length, 'tenant')}, ${counted(env.grants.length, 'grant')}, no fault\n`;
      });
      process.stdout.write(lines.join(''));
    });
}

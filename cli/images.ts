import { join } from 'node:path';
import type { Command } from 'commander';
import { CHARTS } from '../schema/charts';
import { IMAGE_LOCK } from '../schema/image-lock';
import { IMAGES } from '../schema/images';
import type { Environments } from './environments';
import { lockImages } from './images-lock';
import { mirrorPlan } from './images-mirror';

/**
 * The name in `-c env=<name>`, as the CDK's own commands write it, or of `--env <name>`.
 * @throws Error where anything else is in `-c`, or more than one environment is named: one of them would be passed over in silence
 */
export function environmentOption(options: { env?: string; context?: readonly string[] }): string | undefined {
  const context = options.context ?? [];
  const foreign = context.filter((pair) => !pair.startsWith(CONTEXT_KEY));
  if (foreign.length > 0) {
    throw new Error(foreign.map((pair) => `-c: got '${pair}', allowed env=<name>; remove it`).join('\n'));
  }
  const given = [options.env ?? [], context.map((pair) => pair.slice(CONTEXT_KEY.length))].flat();
  const [name, ...others] = new Set(given);
  if (name !== undefined && others.length > 0) {
    throw new Error(`-c env=<name>: got '${[name, ...others].join("' and '")}', allowed one environment; name one`);
  }
  return name;
}

const CONTEXT_KEY = 'env=';
const gather = (value: string, before: readonly string[]): string[] => [...before, value];

/** Adds `atoll images lock` and `atoll images mirror`. */
export function registerImages(program: Command, environments: Environments): void {
  const images = program.command('images').description('images and charts: record digests, plan the copies');

  images
    .command('lock')
    .description(
      'read the digest of every upstream image and chart and write schema/images.lock.json (needs a network)',
    )
    .option(
      '--accept-moved <id>',
      "accept a tag that was moved, such as 'images/keda-operator'; repeatable",
      gather,
      [],
    )
    .action(async (options: { acceptMoved: string[] }) => {
      const lock = await lockImages({
        images: IMAGES,
        charts: CHARTS,
        previous: IMAGE_LOCK,
        acceptMoved: options.acceptMoved,
        file: join(__dirname, '..', 'schema', 'images.lock.json'),
      });
      const count = (entries: object): number => Object.keys(entries).length;
      process.stdout.write(`locked ${count(lock.images)} images and ${count(lock.charts)} charts\n`);
    });

  images
    .command('mirror')
    .description('print the bash script that copies every image and chart into the registries of an environment')
    .option('-e, --env <name>', 'the environment')
    .option('-c, --context <key=value>', 'env=<name>, as for cdk', gather, [])
    .action((options: { env?: string; context: string[] }) => {
      const name = environments.requireName(environmentOption(options), '-c env=<name>');
      process.stdout.write(mirrorPlan({ env: environments.load(name) }));
    });
}

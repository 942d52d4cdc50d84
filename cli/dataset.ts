import { basename } from 'node:path';
import type { Command } from 'commander';
import { datasetManifest } from '../infra/k8s/dataset';
import { readText } from '../schema/read-entry';
import type { Environments } from './environments';

interface DatasetCommand {
  readonly env: string;
  readonly grant: string;
  /** @default - the first pool of the research cluster without GPUs */
  readonly pool?: string;
}

/** Adds `atoll dataset`. */
export function registerDataset(program: Command, environments: Environments): void {
  program
    .command('dataset')
    .description('check a recipe against a grant and print the Job that builds the dataset, for kubectl create -f -')
    .argument('<recipe>', 'YAML file of the recipe')
    .requiredOption('-e, --env <name>', 'environment of the grant')
    .requiredOption('-g, --grant <id>', 'grant with whose rights it is built')
    .option('-p, --pool <name>', 'node pool without GPUs on which it runs')
    .action((file: string, { env: name, grant, pool }: DatasetCommand) => {
      const env = environments.load(environments.requireName(name, '--env'));
      const answer = readText(file);
      if ('trouble' in answer) {
        const { got, allowed, remedy } = answer.trouble;
        throw new Error(`${file}: got ${got}, ${allowed}; ${remedy}`);
      }
      const recipe = { file: basename(file), text: answer.value };
      process.stdout.write(datasetManifest({ env, grant, recipe, ...(pool === undefined ? {} : { pool }) }));
    });
}

import { basename } from 'node:path';
import type { Command } from 'commander';
import { trainingManifest } from '../infra/k8s/train';
import { readText } from '../schema/read-entry';
import type { Environments } from './environments';

/** Adds `atoll train`. */
export function registerTrain(program: Command, environments: Environments): void {
  program
    .command('train')
    .description("hold a training's data against its model's scope and print its Job, for kubectl create -f -")
    .argument('<training>', 'YAML file of the training')
    .requiredOption('-e, --env <name>', 'environment of the team')
    .action((file: string, { env: name }: { readonly env: string }) => {
      const env = environments.load(environments.requireName(name, '--env'));
      const answer = readText(file);
      if ('trouble' in answer) {
        const { got, allowed, remedy } = answer.trouble;
        throw new Error(`${file}: got ${got}, ${allowed}; ${remedy}`);
      }
      process.stdout.write(trainingManifest({ env, training: { file: basename(file), text: answer.value } }));
    });
}

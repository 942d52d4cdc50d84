import { Command } from 'commander';
import { registerCost } from './cost';
import { registerDataset } from './dataset';
import type { Environments } from './environments';
import { registerImages } from './images';
import { registerPlacement } from './placement';
import { registerProve } from './prove';
import { registerSchemas } from './schemas';
import { registerSynth } from './synth';
import { registerTrain } from './train';
import { registerValidate } from './validate';
import { registerWorkbench } from './workbench';

/** `atoll` with all its commands, each of which is a file. */
export function atollProgram(environments: Environments): Command {
  const program = new Command('atoll')
    .description('Infrastructure as code for ML on tenants’ data')
    .option('--verbose', 'show the stack trace of what went wrong', false)
    .showHelpAfterError('see atoll --help');
  registerSynth(program, environments);
  registerValidate(program, environments);
  registerProve(program, environments);
  registerCost(program, environments);
  registerSchemas(program);
  registerImages(program, environments);
  registerDataset(program, environments);
  registerTrain(program, environments);
  registerPlacement(program, environments);
  registerWorkbench(program, environments);
  return program;
}

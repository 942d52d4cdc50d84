import type { Output } from '../../assurance/output/output';
import type { Environment } from '../../schema/model';
import { temporaryFolder } from './temporary';
import { writeOutput } from './write-output';

/** An environment, synthesized to disk as `atoll synth` does, and read back as the proofs read it. */
export const writtenOutput = (environment: Environment): Output => writeOutput(environment, temporaryFolder());

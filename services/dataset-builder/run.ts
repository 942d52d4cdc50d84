import { readFile } from 'node:fs/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { type DatasetScope, datasetScopeSchema } from '../../schema/dataset-scope';
import { EnvironmentFaults } from '../../schema/faults';
import { readRecipe } from '../../schema/read-recipe';
import { build } from './build';
import { EXIT, Refusal } from './refusal';
import { kindOf } from './s3-errors';

export interface RunOptions {
  /** The grant's ConfigMap, as it is mounted. */
  readonly scopeFile: string;
  readonly recipeFile: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Takes a line of standard output. */
  readonly write: (line: string) => void;
  /** Takes a line of standard error. */
  readonly complain: (line: string) => void;
  /** @default - that of the pod: its region and its role */
  readonly client?: S3Client;
}

/** Builds one dataset from files to manifest. @returns how the process is to end; it throws nothing */
export async function run(options: RunOptions): Promise<number> {
  const { signal, now, write, complain } = options;
  try {
    const scope = await readScope(options.scopeFile);
    const recipe = readRecipe(await readFile(options.recipeFile, 'utf8'), 'recipe.yaml', scope);
    const client = options.client ?? new S3Client({ region: scope.region, maxAttempts: 8 });
    const report = (line: Readonly<Record<string, string | number>>): void => {
      write(JSON.stringify(line));
    };
    const { path } = await build({ client, scope, recipe, signal, now, report });
    write(JSON.stringify({ event: 'dataset', path }));
    return 0;
  } catch (error) {
    if (signal.aborted) {
      complain('got the signal to end, so that nothing was written; make the Job again');
      return EXIT.terminated;
    }
    if (error instanceof EnvironmentFaults) {
      complain(error.message);
      return EXIT.recipe;
    }
    if (error instanceof Refusal) {
      complain(error.message);
      return error.exitCode;
    }
    // Whatever it is, its message may name an object.
    complain(`got ${kindOf(error)}, allowed none; run it again`);
    return EXIT.fault;
  }
}

async function readScope(file: string): Promise<DatasetScope> {
  const said = `scope: got another form in ${file}, allowed the ConfigMap of the grant; mount that`;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new Refusal(EXIT.recipe, said);
  }
  const parsed = datasetScopeSchema.safeParse(value);
  if (!parsed.success) throw new Refusal(EXIT.recipe, said);
  return parsed.data;
}

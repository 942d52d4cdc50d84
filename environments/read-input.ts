import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import type { EnvironmentInput } from '../schema/environment';
import { EnvironmentFaults, type Fault } from '../schema/load';

/** Not a static import: one that fails would end every command about every environment, before there is anybody to report it. */
const load = createRequire(__filename);

const ALLOWED = "allowed a file whose default export is the environment's fields";

/**
 * What an environment's `index.ts` exports; whether it is right is for `loadEnvironment` to say.
 * @throws EnvironmentFaults where the file is missing, is no TypeScript, or throws while it is read
 */
export function readInput(folder: string): EnvironmentInput {
  const file = resolve(folder, 'index.ts');
  if (!existsSync(file)) {
    const remedy = 'add it, or take the environment out of environments/index.ts';
    throw new EnvironmentFaults([{ file: shown(file, file), path: 'file', got: 'nothing', allowed: ALLOWED, remedy }]);
  }
  try {
    return (load(file) as { readonly default: EnvironmentInput }).default;
  } catch (error) {
    throw new EnvironmentFaults([unreadable(file, error)]);
  }
}

/** esbuild's way to say where: `<file>:<line>:<column>: ERROR: <message>`, one a line, below a head line. */
const TRANSFORM_ERROR = /^(.+):(\d+):\d+: ERROR: (.+)$/m;

/** What was thrown while an `index.ts` was read, as a fault at the line that is to blame, as far as the error tells it. */
function unreadable(file: string, error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const [, at, line, text] = TRANSFORM_ERROR.exec(message) ?? [];
  return at === undefined || text === undefined
    ? fault(file, lineOfFrame(file, error), 'an error while it was read', message.split('\n', 1)[0] ?? '', file)
    : fault(at, Number(line), 'no readable TypeScript', text, file);
}

function fault(at: string, line: number, what: string, message: string, file: string): Fault {
  const got = `${what} (${message})`;
  return { file: shown(at, file), line, path: 'file', got, allowed: ALLOWED, remedy: 'correct the line' };
}

/** Line 1 where the stack has no frame of the file. */
function lineOfFrame(file: string, error: unknown): number {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack.split('\n').find((each) => each.includes(`${file}:`)) ?? '';
  return Number(/^:(\d+)/.exec(frame.slice(frame.indexOf(file) + file.length))?.[1] ?? 1);
}

/** A file by its path in the project, which is two folders above that of an environment. */
function shown(at: string, file: string): string {
  return relative(resolve(dirname(file), '..', '..'), at)
    .split('\\')
    .join('/');
}

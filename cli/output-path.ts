import { accessSync, constants, existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** Of a synth that was killed while it wrote into the folder; the pattern is in `.gitignore` too. */
const UNFINISHED = /^\..+\.\d+\.partial$/;

/**
 * Judges the folder of `--output` before any work.
 * @param parts what a synth writes below it, and therefore may replace
 * @param input what a synth reads: output below an environment would be a fault of it from then on
 * @throws Error in one line where it is no folder and cannot become one, lies in the input, or holds anything that no synth wrote
 */
export function checkOutputPath(given: string, parts: readonly string[], input: string): void {
  if (given === '') throw outputError(given, 'allowed a folder; name one, such as dist');
  const folder = resolve(given);
  const nearest = nearestExisting(folder);
  if (!isFolder(nearest)) {
    const what = isLink(nearest) && !existsSync(nearest) ? 'a link that leads nowhere' : 'no folder';
    const where = nearest === folder ? `is ${what}` : `is below '${nearest}', ${what}`;
    throw outputError(given, `which ${where}, allowed a folder or where one can be made; choose another`);
  }
  if (isWithin(input, nearest)) {
    throw outputError(
      given,
      `which lies in '${basename(input)}', which a synth reads, allowed a folder elsewhere; choose another`,
    );
  }
  if (nearest === folder) checkContent(given, folder, parts);
}

function checkContent(given: string, folder: string, parts: readonly string[]): void {
  const listed = (path: string): string[] => readdirSync(join(folder, path)).filter((name) => !UNFINISHED.test(name));
  const inParts = (): string[] =>
    parts
      .filter((part) => existsSync(join(folder, part)))
      .flatMap((part) => listed(part).map((name) => `${part}/${name}`));
  const foreign =
    listed('').find((name) => !parts.includes(name) || !isRealFolder(join(folder, name))) ??
    inParts().find((path) => !isRealFolder(join(folder, path)));
  if (foreign !== undefined) {
    const kind = parts.includes(foreign) ? `'${foreign}' that is no folder` : `'${foreign}'`;
    const allowed = `allowed a folder with nothing but the folders ${parts.join(', ')}`;
    throw outputError(given, `which holds ${kind}, ${allowed}; choose another or empty it`);
  }
  const full = ['', ...parts].map((part) => join(folder, part)).filter((path) => existsSync(path));
  for (const path of full) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      throw unwritable(given, error);
    }
  }
}

/** Whether a path is a folder or below it, by whatever link it is named. */
function isWithin(folder: string, path: string): boolean {
  return `${realpathSync(path)}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
}

/** The nearest of a path and the folders around it that is there, be it a link that leads nowhere. */
export function nearestExisting(path: string): string {
  return existsSync(path) || isLink(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

/** Whether a system call failed, rather than a rule of ours. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** What a system call said while the output was written, as one line. */
export function unwritable(given: string, cause: unknown): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return outputError(
    given,
    `which cannot be written (${code}), allowed a folder that can be and has room; choose another`,
    cause,
  );
}

function outputError(given: string, says: string, cause?: unknown): Error {
  return new Error(`--output: got '${given}', ${says}`, { cause });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const isLink = (path: string): boolean => entry(path)?.isSymbolicLink() === true;
/** A part behind a link may lie on another disk, where no rename reaches. */
const isRealFolder = (path: string): boolean => entry(path)?.isDirectory() === true;

function entry(path: string): ReturnType<typeof lstatSync> | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined; // A folder around it is none.
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$/;
/** What is made here, below the root, and what others wrote, anywhere. */
const NOT_OURS = /^(dist|cdk\.out|coverage|\.git|\.cache|\.[^/]*\.partial)$|(^|\/)node_modules$/;
const NODE = /^#!.*\b(node|tsx|ts-node|bun|deno)\b/;

export interface Tree {
  /** Files that Node can run, by their paths from the root. */
  readonly sources: readonly string[];
  /** Symbolic links, behind which a file has another path than the one that is judged. */
  readonly links: readonly string[];
}

/** All that is in a checkout. */
export function sourceTree(root: string): Tree {
  const sources: string[] = [];
  const links: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (NOT_OURS.test(path)) continue;
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && isSource(root, path)) sources.push(path);
    }
  };
  walk('');
  return { sources: sources.sort(), links };
}

function isSource(root: string, path: string): boolean {
  if (SOURCE.test(path)) return true;
  return !/[^/]\.[^/.]+$/.test(path) && NODE.test(readFileSync(join(root, path), 'utf8'));
}

const ENDS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'json'];

/** The file that a name of a module means, as Node and the compiler look for it. */
export function fileOf(root: string, target: string): string | undefined {
  const written = [target, target.replace(/\.([cm]?)js$/, '.$1ts')];
  return [...written, ...ENDS.flatMap((end) => [`${target}.${end}`, `${target}/index.${end}`])].find(
    (candidate) => statSync(join(root, candidate), { throwIfNoEntry: false })?.isFile() === true,
  );
}

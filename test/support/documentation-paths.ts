import { posix } from 'node:path';

/** Files and folders by their path below the project, folders with a slash at their end. */
export type Paths = readonly string[];

/** What is in backticks of one line, and lines of a block of code without their comments. */
export function codeOf(text: string): string[] {
  const block = /^```[^\n]*\n([\s\S]*?)^```$/gm;
  const lines = [...text.matchAll(block)].flatMap(([, code = '']) =>
    code.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim()),
  );
  return [...lines, ...[...text.replace(block, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)];
}

const SOURCE = /[^/]\.(?:ts|cjs|mjs|md|json|yaml)$/;
const PATH = /^[\w.<>*-]+(?:\/[\w.<>*-]+)*\/?$/;

/**
 * Paths that are given and that nothing has. A path is what lies below a folder of the root or ends as a source does; it leads from
 * the root, or from the document. A file without its folder may lie anywhere, and a key of an object anywhere in the output. `<id>` is
 * any name, and `*` any part of one.
 * @param output what a synth writes, of which `dist/` and keys of objects speak
 */
export function missingPaths(file: string, text: string, project: Paths, output: Paths): string[] {
  const roots = new Set([...project, 'dist/'].map((path) => path.split('/', 1)[0]));
  return codeOf(text).filter((path) => {
    const below = path.includes('/') && roots.has(path.split('/', 1)[0]);
    if (!PATH.test(path) || !(below || SOURCE.test(path))) return false;
    const has = (paths: Paths, start: string, end = path): boolean => {
      const expression = new RegExp(`${start}${patternOf(end)}/?$`);
      return paths.some((each) => expression.test(each));
    };
    if (has(project, '^') || has(project, '^', from(file, path)) || has(output, '^')) return false;
    return below || !(has(output, '/') || (!path.includes('/') && has(project, '/')));
  });
}

function patternOf(path: string): string {
  return path
    .replaceAll('.', '\\.')
    .replace(/<[\w-]+>/g, '[^/]+')
    .replaceAll('*', '[^/]*');
}

/** Relative links whose file is missing, or whose heading. */
export function brokenLinks(file: string, text: string, texts: ReadonlyMap<string, string>, project: Paths): string[] {
  const known = new Set(project);
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? file : from(file, path);
      if (!known.has(target) && !known.has(`${target}/`)) return true;
      return heading !== undefined && !headingsOf(texts.get(target) ?? '').includes(heading);
    });
}

/** As GitHub makes them: lower case, punctuation left out, a hyphen for a space. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Where a relative path leads from a document. */
function from(file: string, path: string): string {
  return posix.join(posix.dirname(file), path);
}

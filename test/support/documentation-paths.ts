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
 * Paths that are given and that nothing has. A path is what lies below a folder of the root or ends as a source does. A file without
 * its folder may lie anywhere, and a key of an object anywhere in the output. `<id>` is any name, and `*` any part of one.
 * @param file the document, from which `../` leads
 * @param output what a synth writes, of which `dist/` and keys of objects speak
 */
export function missingPaths(file: string, text: string, project: Paths, output: Paths): string[] {
  const roots = new Set([...project, 'dist/'].map((path) => path.split('/', 1)[0]));
  return codeOf(text).filter((code) => {
    const path = code.startsWith('../') ? from(file, code) : code;
    const below = path.includes('/') && roots.has(path.split('/', 1)[0]);
    if (!PATH.test(path) || !(below || SOURCE.test(path))) return false;
    const pattern = path
      .replaceAll('.', '\\.')
      .replace(/<[\w-]+>/g, '[^/]+')
      .replaceAll('*', '[^/]*');
    const has = (paths: Paths, start: string): boolean => {
      const expression = new RegExp(`${start}${pattern}/?$`);
      return paths.some((each) => expression.test(each));
    };
    if (has(project, '^') || has(output, '^')) return false;
    return below || !(has(output, '/') || (!path.includes('/') && has(project, '/')));
  });
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

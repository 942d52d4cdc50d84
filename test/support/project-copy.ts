import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT } from './command-line';
import { goodFiles, goodInput } from './good-environment';
import { temporaryFolder } from './temporary';

/** What a command of this project reads, without the environments. */
const NEEDED = [
  'assurance',
  'cdk.json',
  'cli',
  'constructs',
  'environments/index.ts',
  'environments/read-input.ts',
  'infra',
  'package.json',
  'schema',
  'tsconfig.json',
];
const NAMES_LINE = /(?<=^export const environmentNames: .* = ).*(?=;$)/m;

/**
 * The project with two small environments of the tests' own, `one` and `two`, in a folder in which a test may break things. Its
 * dependencies are this project's.
 */
export class ProjectCopy {
  readonly root = temporaryFolder();

  constructor() {
    for (const path of NEEDED) cpSync(join(PROJECT, path), this.path(path), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), this.path('node_modules'));
    const index = readFileSync(this.path('environments/index.ts'), 'utf8');
    this.replace('environments/index.ts', NAMES_LINE.exec(index)?.[0] ?? NAMES_LINE.source, "['one', 'two']");
    this.environment('one', goodIndex('one'));
    this.environment('two', goodIndex('two').replaceAll('1000000', '2000000').replaceAll('"10.', '"10.1'));
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Replaces a text of a file, which must be in it. */
  replace(path: string, from: string, to: string): void {
    const before = existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : '';
    if (!before.includes(from))
      throw new Error(`${path}: got no '${from}', allowed a text that it has; correct the test`);
    this.write(path, before.replace(from, to));
  }

  private environment(name: string, index: string): void {
    this.write(`environments/${name}/index.ts`, index);
    for (const [path, text] of Object.entries(goodFiles)) this.write(`environments/${name}/${path}`, text);
  }
}

const goodIndex = (name: string): string => `export default ${JSON.stringify({ ...goodInput, name }, undefined, 2)};\n`;

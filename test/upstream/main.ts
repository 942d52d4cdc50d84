/**
 * `npm run test:upstream`: has every object of `dist/k8s` judged by the API server's own code and by the definitions that the
 * controllers' projects publish, in the versions that the charts install. Needs Go (1.26 or newer) and its module proxy; the first
 * run downloads and compiles for some minutes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { clusterSchema } from '../../schema/environment';
import { DEFINITIONS } from './definitions';
import { REFUSED } from './refused';

interface Fault {
  readonly file: string;
  readonly object: string;
  readonly says: string;
}
interface Report {
  readonly judged: Readonly<Record<string, number>>;
  readonly expressions: number;
  readonly faults: readonly Fault[];
}

const root = resolve(__dirname, '..', '..');

/** The files of `dist/k8s`, and the objects that Flux's bootstrap chart carries. */
function renderedFiles(): string[] {
  const below = (folder: string, end: RegExp): string[] =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => end.test(name))
          .map((name) => join(root, folder, name))
      : [];
  const [objects, charts] = [below('dist/k8s', /\.yaml$/), below('dist/cdk', /-sync\/templates\/objects\.yaml$/)];
  if (objects.length === 0 || charts.length === 0)
    throw new Error('dist: got no rendered objects, allowed some; run npm run synth first');
  return [...objects, ...charts].sort();
}

function judge(kubernetes: string, files: readonly string[]): Report {
  const request = JSON.stringify({ kubernetes, definitions: DEFINITIONS, files });
  try {
    const output = execFileSync('go', ['run', '-buildvcs=false', '.'], {
      cwd: join(__dirname, 'judge'),
      input: request,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return JSON.parse(output) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error('the judge failed; its words are above', { cause: error });
    throw new Error('go: got no such command, allowed Go 1.26 or newer; install it, or leave this check to CI', {
      cause: error,
    });
  }
}

/** What went wrong with the rendered objects, and which mistake was let through. */
function verdict(report: Report, refusedFolder: string): string[] {
  const lines = report.faults
    .filter(({ file }) => !file.startsWith(refusedFolder))
    .map(({ file, object, says }) => `${relative(root, file)}: ${object}: ${says}`);
  REFUSED.forEach(({ name, says }, i) => {
    const said = report.faults
      .filter(({ file }) => file === join(refusedFolder, `${i}.yaml`))
      .map((fault) => fault.says);
    if (!said.some((each) => each.includes(says)))
      lines.push(
        `${name}: got [${said.join(' | ')}], allowed a refusal that says '${says}'; the judge does not see what it should`,
      );
  });
  return lines;
}

const refusedFolder = mkdtempSync(join(tmpdir(), 'atoll-refused-'));
try {
  const files = renderedFiles();
  REFUSED.forEach(({ text }, i) => {
    writeFileSync(join(refusedFolder, `${i}.yaml`), text);
  });
  const kubernetes = clusterSchema.shape.kubernetesVersion.parse(undefined);
  const report = judge(kubernetes, [...files, ...REFUSED.map((_, i) => join(refusedFolder, `${i}.yaml`))]);
  const lines = verdict(report, refusedFolder);
  for (const line of lines) process.stderr.write(`${line}\n`);
  const objects = Object.values(report.judged).reduce((sum, count) => sum + count, 0) - REFUSED.length;
  process.stdout.write(
    `${objects} objects and ${report.expressions} expressions judged as Kubernetes ${kubernetes} does, ` +
      `${REFUSED.length} mistakes planted: ${lines.length} faults\n`,
  );
  if (lines.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(refusedFolder, { recursive: true });
}

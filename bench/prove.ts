/**
 * `npm run bench:prove`: every proof over a generated environment of 100 and of 1,000 tenants, or of as many as it is given. ROUNDS says how
 * often each is run, 3 times where it is not set. Not on the clock: the synth, and loading the modules.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateEnvironment } from '../test/support/generate-environment';
import { writeAudit } from '../test/support/write-audit';
import { writeOutput } from '../test/support/write-output';
import type { Proven } from './measure';

const rounds = Number(process.env['ROUNDS'] ?? 3);
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length === 0 ? [100, 1000] : asked;

const once = (folder: string, tenants: number, what: 'all' | 'isolation'): Proven =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--require', 'tsx/cjs', join(__dirname, 'prove-once.ts'), folder, String(tenants), what],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  ) as Proven;

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'atoll-bench-'));
  const rows: Record<string, string | number>[] = [];
  try {
    for (const tenants of sizes) {
      const folder = join(scratch, String(tenants));
      const env = generateEnvironment(tenants);
      writeOutput(env, folder);
      await writeAudit(env, folder);
      for (const what of ['isolation', 'all'] as const) {
        const runs = Array.from({ length: rounds }, () => once(folder, tenants, what)).toSorted(
          (a, b) => a.seconds - b.seconds,
        );
        const [best] = runs;
        if (best === undefined) throw new Error(`ROUNDS: got ${String(rounds)}, allowed 1 or more`);
        rows.push({
          tenants,
          proofs: what,
          seconds: best.seconds.toFixed(2),
          'of a round': runs.map(({ seconds }) => seconds.toFixed(1)).join(' '),
          'processor s': best.processor.toFixed(2),
          'peak MiB': Math.round(best.peakMiB),
          findings: best.findings,
          classes: best.classes,
          'asked about': best.asked,
          'pairs of tenants': best.pairs,
        });
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.table(rows);
  process.exitCode = rows.some(({ findings }) => findings !== 0) ? 1 : 0;
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
});

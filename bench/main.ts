/**
 * `npm run bench`: the full synth beside its floor, in one run, at 10, 100 and 1,000 tenants. `--profile` keeps CPU profiles; ROUNDS
 * says how often each is run, 3 times where it is not set.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../infra/synth';
import { loadEnvironment } from '../schema/load';
import { writeEnvironment } from '../test/support/generate-environment';
import type { Measurement } from './measure';

const SIZES = [10, 100, 1000];
const profile = process.argv.includes('--profile');
const rounds = Number(process.env['ROUNDS'] ?? 3);

function child(script: string, args: readonly string[], label: string): Measurement {
  const profiling = profile
    ? ['--cpu-prof', '--cpu-prof-dir', '.cache/profiles', '--cpu-prof-name', `${label}.cpuprofile`]
    : [];
  const output = execFileSync(
    process.execPath,
    [...profiling, '--expose-gc', '--require', 'tsx/cjs', join(__dirname, script), ...args],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measurement;
}

/** The fastest of some rounds: noise of the machine only ever adds. */
const best = (results: readonly Measurement[]): Measurement =>
  results.reduce((a, b) => (b.seconds < a.seconds ? b : a));

const scratch = mkdtempSync(join(tmpdir(), 'atoll-bench-'));
const rows: Record<string, string | number>[] = [];
try {
  for (const tenants of SIZES) {
    const { input, folder } = writeEnvironment(join(scratch, `${tenants}`), tenants);
    const reference = synthesize(loadEnvironment(input, folder), {
      outdir: join(scratch, `${tenants}`, 'reference'),
    });
    const inventory = join(scratch, `${tenants}`, 'inventory.json');
    writeFileSync(inventory, JSON.stringify({ stacks: reference.stacks, files: reference.files }));
    // Empty, as where a synth stages its output: a file that is written over may be flushed at once, which is the disk's time.
    const out = (name: string): string => {
      const output = join(scratch, `${tenants}`, name);
      rmSync(output, { recursive: true, force: true });
      return output;
    };
    const firstTenant =
      reference.stacks.find((stack) => stack.id.startsWith('tenant-'))?.id.slice('tenant-'.length) ?? '';
    // Round by round, so that a slow minute of the machine meets all three.
    const all = Array.from({ length: rounds }, () => ({
      full: child('full.ts', [folder, out('full'), String(tenants)], `full-${tenants}`),
      floor: child('floor.ts', [inventory, out('floor'), String(tenants)], `floor-${tenants}`),
      single: child('full.ts', [folder, out('single'), String(tenants), firstTenant], `single-${tenants}`),
    }));
    const [full, floor, single] = [
      best(all.map((round) => round.full)),
      best(all.map((round) => round.floor)),
      best(all.map((round) => round.single)),
    ];
    const ratios = all.map((round) => round.full.seconds / round.floor.seconds).sort((a, b) => a - b);
    rows.push({
      tenants,
      stacks: full.stacks,
      'full s': full.seconds.toFixed(2),
      'floor s': floor.seconds.toFixed(2),
      'full / floor': (full.seconds / floor.seconds).toFixed(2),
      'of a round': ratios.map((ratio) => ratio.toFixed(2)).join(' '),
      'ms a tenant': ((full.seconds * 1000) / tenants).toFixed(1),
      'peak MiB': Math.round(full.peakMiB),
      'floor MiB': Math.round(floor.peakMiB),
      'one tenant s': single.seconds.toFixed(2),
    });
    rmSync(join(scratch, `${tenants}`), { recursive: true });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.table(rows);

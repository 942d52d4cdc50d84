/** Child process of `bench/prove.ts`: proves one generated environment that was synthesized before, cold, as CI does. */
import { proveIsolation } from '../assurance/isolation/prove';
import { readOutput } from '../assurance/output/output';
import { proveEnvironment } from '../assurance/proof';
import { generateEnvironment } from '../test/support/generate-environment';
import type { Proven } from './measure';

async function main([folder = '', tenants = '0', what = 'all']: readonly string[]): Promise<void> {
  const env = generateEnvironment(Number(tenants));
  const [started, used] = [performance.now(), process.cpuUsage()];
  const { findings, covered } =
    what === 'isolation'
      ? await proveIsolation(env, readOutput(folder, env.name))
      : await proveEnvironment(env, folder);
  const { user, system } = process.cpuUsage(used);
  const proven: Proven = {
    seconds: (performance.now() - started) / 1000,
    processor: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    findings: findings.length,
    classes: covered['classes of tenants'] ?? 0,
    asked: covered['tenants asked about'] ?? 0,
    pairs: covered['pairs of tenants'] ?? 0,
  };
  process.stdout.write(JSON.stringify(proven));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
});

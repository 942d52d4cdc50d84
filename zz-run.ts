import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proveIsolation } from '/tmp/wt/images/assurance/isolation/prove';
import { mutatedEnvironment } from '/tmp/wt/images/test/mutations/isolation/sample';
import { generateEnvironment } from '/tmp/wt/images/test/support/generate-environment';
import { writeAudit } from '/tmp/wt/images/test/support/write-audit';
import { writeOutput } from '/tmp/wt/images/test/support/write-output';
(async () => {
  const n = Number(process.argv[2] ?? 0);
  const env = n > 0 ? generateEnvironment(n) : mutatedEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'atoll-img-'));
  const output = writeOutput(env, folder);
  await writeAudit(env, folder);
  const t = Date.now();
  const r = await proveIsolation(env, output);
  console.log((Date.now() - t) / 1000, 's', r.findings.length, JSON.stringify(r.covered));
  for (const f of r.findings) console.log(f.kind, f.subject + ':', f.message);
})();

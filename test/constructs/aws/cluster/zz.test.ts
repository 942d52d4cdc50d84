import { test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { clusterFixture } from './cluster-fixture';
import { nagFindings } from '../../../support/nag';
test('x', () => {
  const a = clusterFixture('production');
  writeFileSync('/tmp/cluster.json', JSON.stringify(a.template.toJSON(), null, 1));
  const r = nagFindings(a.stack);
  writeFileSync('/tmp/nag.txt', r.findings.join('\n') + `\n${r.evaluated} ${r.resources}\n`);
  const b = clusterFixture('research');
  writeFileSync('/tmp/cluster-r.json', JSON.stringify(b.template.toJSON(), null, 1));
  writeFileSync('/tmp/nag.txt', nagFindings(b.stack).findings.join('\n'), { flag: 'a' });
});

import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChartFiles } from '../../../assurance/output/chart-files';
import { UnreadableOutput } from '../../../assurance/output/unreadable';
import { temporaryFolder } from '../../support/temporary';

const folderOf = (root: string, cluster: string): string =>
  join(root, 'assembly-sample', 'charts', `sample-${cluster}-sync`, 'templates');

test('the sync charts are read by cluster', () => {
  const root = temporaryFolder();
  for (const cluster of ['production', 'research']) {
    mkdirSync(folderOf(root, cluster), { recursive: true });
    writeFileSync(join(folderOf(root, cluster), 'objects.yaml'), `of ${cluster}`);
  }
  expect(readChartFiles(root, 'sample').map((chart) => [chart.cluster, chart.text()])).toEqual([
    ['production', 'of production'],
    ['research', 'of research'],
  ]);
});

test('a cluster without a chart is a failure with the name of its folder', () => {
  const root = temporaryFolder();
  mkdirSync(folderOf(root, 'production'), { recursive: true });
  expect(() => readChartFiles(root, 'sample')).toThrow(
    new UnreadableOutput([
      `${folderOf(root, 'production')}: got no template, allowed at least one; run the synth`,
      `${folderOf(root, 'research')}: got no template, allowed at least one; run the synth`,
    ]),
  );
});

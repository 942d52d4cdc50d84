import { expect, test } from '@jest/globals';
import type { Finding } from '../../assurance/finding';
import { toldFindings } from '../../cli/told-findings';

const found = (subject: string, message: string): Finding => ({ proof: 'isolation', kind: 'open', subject, message });

test('few findings are all told, and no file is named', () => {
  expect(toldFindings([found('a/Key', 'one'), found('b/Key', 'two')], 'proof.json')).toEqual([
    'open (isolation): a/Key: one',
    'open (isolation): b/Key: two',
  ]);
  expect(toldFindings([], 'proof.json')).toEqual([]);
});

test('of each subject the first is told, with how many more it has, and where all are', () => {
  const all = [found('a/Key', 'one'), found('b/Key', 'two'), found('a/Key', 'three'), found('a/Key', 'four')];
  expect(toldFindings(all, 'proof.json')).toEqual([
    'open (isolation): a/Key: one (and 2 more of this subject)',
    'open (isolation): b/Key: two',
    'all 4 findings: proof.json',
  ]);
});

test('of many subjects 20 are told', () => {
  const all = Array.from({ length: 23 }, (_, i) => [found(`${i}/Key`, 'one'), found(`${i}/Key`, 'two')]).flat();
  const told = toldFindings(all, 'proof.json');
  expect(told).toHaveLength(22);
  expect(told.slice(-2)).toEqual(['and 6 findings of 3 more subjects', 'all 46 findings: proof.json']);
});

import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrices } from '../../../assurance/idle/prices';
import { UnreadableOutput } from '../../../assurance/output/unreadable';
import { environmentNames, loadNamed } from '../../../environments';
import { temporaryFolder } from '../../support/temporary';

const faultsOf = (region: string, folder: string): readonly string[] => {
  try {
    readPrices(region, folder);
    return [];
  } catch (error) {
    if (error instanceof UnreadableOutput) return error.faults;
    throw error;
  }
};

test('every region of an environment has prices', () => {
  const regions = [...new Set(environmentNames.map((name) => loadNamed(name).region))];
  expect(regions.map((region) => readPrices(region).region)).toEqual(regions);
});

test('a price that nobody looked up is an open claim', () => {
  const claims = readFileSync('docs/open-claims.md', 'utf8');
  const memory = ['us-east-1', 'eu-central-1'].flatMap((region) =>
    Object.entries(readPrices(region).prices).flatMap(([key, { sure }]) =>
      sure === 'memory' ? [`\`${key}\` of ${region}`] : [],
    ),
  );
  expect(memory.length).toBeGreaterThan(0);
  expect(memory.filter((each) => !claims.includes(each))).toEqual([]);
});

test('a region without a file is named', () => {
  const folder = temporaryFolder();
  expect(faultsOf('eu-west-3', folder)).toEqual([
    expect.stringMatching(
      /eu-west-3\.json: got no prices \(.*ENOENT.*\), allowed one file for each region; look its prices up$/,
    ),
  ]);
});

test('a price that is not whole is named with what it says', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'x.json');
  writeFileSync(file, JSON.stringify({ region: 'x', currency: 'USD', prices: { alarm: { usd: 0.1 } } }));
  expect(faultsOf('x', folder)).toEqual([
    `${file}: alarm: got {"usd":0.1}, allowed a price with unit, source, day and sureness`,
  ]);
});

test('a file of another region is refused', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'x.json');
  writeFileSync(file, JSON.stringify({ region: 'y', currency: 'USD', prices: {} }));
  expect(faultsOf('x', folder)).toEqual([`${file}: got no prices of x in USD, allowed those only`]);
});

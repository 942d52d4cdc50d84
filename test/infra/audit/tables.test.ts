import { describe, expect, test } from '@jest/globals';
import { auditTables } from '../../../infra/audit/tables';
import { auditNames } from '../../../schema/audit-names';
import { CLUSTERS } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { parseHiveType } from './athena/hive-types';
import { Evidence } from './fixtures/evidence';
import { grantOf } from './fixtures/story';

const env = sampleEnvironment();
const other = sampleEnvironment({
  input: {
    name: 'other',
    region: 'eu-south-1',
    accounts: {
      management: '111111111111',
      production: '777777777777',
      research: '888888888888',
      audit: '444444444444',
    },
  },
});
const tables = auditTables([env, other], '444444444444');
const archive = 's3://atoll-audit-archive-444444444444/';

/** Where Athena looks for a partition of a table. */
function placeOf(name: string, values: Record<string, string>): string {
  const table = tables.find((one) => one.name === name);
  const template = table?.projection['storage.location.template'] ?? '';
  return template.replace(/\$\{(\w+)\}/g, (_, key: string) => values[key] ?? `no ${key}`);
}

describe('the tables of the archive', () => {
  test.each(tables)(
    '$name: computes every partition key, of what lies below its location',
    ({ location, partitionKeys, projection }) => {
      const template = projection['storage.location.template'] ?? '';
      expect(template.startsWith(location)).toBe(true);
      expect(location.startsWith(archive)).toBe(true);
      expect([...template.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key)).toEqual(
        partitionKeys.map(({ name }) => name),
      );
      for (const { name } of partitionKeys) expect(projection[`projection.${name}.type`]).toMatch(/^(enum|date)$/);
    },
  );

  test.each(tables)(
    '$name: has types that Glue and the tests know, in lower case, and no column twice',
    ({ columns, partitionKeys }) => {
      const names = [...columns, ...partitionKeys].map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, type, comment } of columns) {
        expect(() => parseHiveType(type)).not.toThrow();
        expect(`${name} ${type}`).toBe(`${name} ${type}`.toLowerCase());
        // Glue's limits of a column's comment and a type's length.
        expect(comment.length).toBeLessThanOrEqual(255);
        expect(type.length).toBeLessThanOrEqual(131_072);
      }
    },
  );

  test('lie where their writers write', () => {
    const day = '2026/11/25';
    for (const one of [env, other]) {
      for (const cluster of CLUSTERS)
        expect(placeOf('kubernetes', { environment: one.name, cluster, day })).toBe(
          `${archive}${auditNames.kubernetesPrefix(one, cluster)}${day}/`,
        );
      expect(placeOf('ledger', { environment: one.name })).toBe(`${archive}${auditNames.grantsPrefix(one)}`);
      expect(placeOf('heartbeats', { environment: one.name, day })).toBe(
        `${archive}${auditNames.heartbeatsPrefix(one)}${day}/`,
      );
    }
    expect(placeOf('trail', { account: '222222222222', region: 'eu-central-1', day })).toBe(
      `${archive}trail/AWSLogs/o-a1b2c3d4e5/222222222222/CloudTrail/eu-central-1/${day}/`,
    );
  });

  test('the trail’s is of every account of the environments, and of every region in which a session may be made', () => {
    const trail = tables.find(({ name }) => name === 'trail');
    expect(trail?.projection['projection.account.values']).toBe(
      '111111111111,222222222222,333333333333,444444444444,777777777777,888888888888',
    );
    const regions = trail?.projection['projection.region.values']?.split(',');
    expect(regions).toEqual(expect.arrayContaining(['us-east-1', 'eu-central-1', 'eu-south-1']));
    expect(new Set(regions).size).toBe(18);
  });

  test('the ledger’s has a column for all that a record says', () => {
    const evidence = new Evidence(env);
    evidence.record('2026-11-25T08:00:00Z', 'Create', grantOf('speech-eval'));
    evidence.heartbeat('2026-11-25T08:00:00Z');
    for (const [name, lines] of [['ledger', evidence.ledger] as const, ['heartbeats', evidence.heartbeats] as const]) {
      const table = tables.find((one) => one.name === name);
      const known = [...(table?.columns ?? []), ...(table?.partitionKeys ?? [])].map((column) => column.name);
      const said = lines.flatMap(({ json }) => Object.keys(json).map((key) => key.toLowerCase()));
      expect(known.filter((column) => column !== 'day').sort()).toEqual(said.sort());
    }
  });

  test('are of environments that share the account', () => {
    expect(() => auditTables([], '444444444444')).toThrow(
      'auditTables: got no environment, allowed those whose audit account is 444444444444; leave out the others',
    );
    expect(() => auditTables([env], '555555555555')).toThrow(
      'auditTables: got sample, allowed those whose audit account is 555555555555; leave out the others',
    );
  });
});

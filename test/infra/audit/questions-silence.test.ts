import { describe, expect, test } from '@jest/globals';
import { CLUSTERS } from '../../../schema/vocabulary';
import { ask } from './ask';
import { Evidence } from './fixtures/evidence';
import { env, production, research } from './fixtures/story';

describe('hours in which a source fell silent', () => {
  const HOURS = Array.from({ length: 24 }, (_, hour) => `2026-11-25T${String(hour).padStart(2, '0')}:20:00Z`);

  /** Every source speaks every hour, but for those that are left out. */
  function speaking(isSilent: (source: string, hour: number) => boolean = () => false): Evidence {
    const evidence = new Evidence(env);
    HOURS.forEach((moment, hour) => {
      for (const account of [production, research]) {
        const call = {
          eventSource: 'ec2.amazonaws.com',
          eventName: 'DescribeInstances',
          userIdentity: { type: 'AWSService' },
        };
        if (!isSilent(`trail ${account}`, hour)) evidence.cloudTrail(moment, [account], call);
      }
      for (const cluster of CLUSTERS) {
        const lease = {
          verb: 'update',
          user: { username: 'system:kube-scheduler' },
          objectRef: { resource: 'leases' },
        };
        if (!isSilent(`kubernetes ${cluster}`, hour)) evidence.audit(moment, cluster, lease);
      }
      if (!isSilent('ledger', hour)) evidence.heartbeat(moment);
    });
    return evidence;
  }
  const silent = async (evidence: Evidence): Promise<unknown[]> =>
    (await ask(evidence, 'silent-sources')).map(({ source, hour }) => `${String(source)} at ${String(hour)}`);

  test('are none while all speak', async () => {
    expect(await silent(speaking())).toEqual([]);
  });

  test.each(['ledger', 'kubernetes production', 'kubernetes research', `trail ${production}`, `trail ${research}`])(
    'are told of %s',
    async (source) => {
      expect(await silent(speaking((one, hour) => one === source && (hour === 3 || hour === 23)))).toEqual([
        `${source} at 2026-11-25 03:00:00`,
        `${source} at 2026-11-25 23:00:00`,
      ]);
    },
  );

  test('are all hours of a source that never spoke', async () => {
    expect(await silent(speaking((one) => one === 'ledger'))).toHaveLength(24);
  });

  test('are not hours whose events arrived a day later', async () => {
    const evidence = speaking((one, hour) => one === 'ledger' && hour === 23);
    evidence.heartbeats.push({
      partition: { environment: env.name, day: '2026/11/26' },
      json: { event: 'heartbeat', recordedAt: '2026-11-25T23:59:00.000Z', environment: env.name },
    });
    expect(await silent(evidence)).toEqual([]);
  });
});

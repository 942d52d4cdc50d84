import { describe, expect, test } from '@jest/globals';
import { teamNames } from '../../../schema/names';
import { ask } from './ask';
import type { Row } from './athena/archive';
import { type Caller, request } from './fixtures/clusters';
import type { Evidence } from './fixtures/evidence';
import { objectRequest } from './fixtures/objects';
import { ada, at, goodDay, grantPod, lin, grantOf } from './fixtures/story';
import { person } from './fixtures/clusters';
import { research } from './fixtures/story';

const eve = person('eve@example.com', research, 'research-speech');
const POD = `${teamNames.grantPrefix('speech-eval')}bench-0-x7k2p`;
const target = { cluster: 'research', namespace: 'research-speech', resource: 'pods', name: POD } as const;

const rows = (evidence: Evidence): Promise<Row[]> => ask(evidence, 'access-without-a-live-grant');
const went = (evidence: Evidence, by: Caller, verb: string, subresource: string, name: string = POD): Evidence => {
  request(evidence, at('13:30'), by, { ...target, name, verb, subresource });
  return evidence;
};

describe('a pod of a grant', () => {
  test.each([
    ['get', 'log', 'the log of its pod read by somebody outside of the grant'],
    ['get', 'portforward', 'its pod entered by somebody outside of the grant'],
    ['create', 'portforward', 'its pod entered by somebody outside of the grant'],
    ['create', 'exec', 'its pod entered by somebody outside of the grant'],
  ])('that a colleague is at (%s pods/%s) is access without a live grant', async (verb, door, why) => {
    expect(await rows(went(goodDay(), eve, verb, door))).toMatchObject([
      {
        event_time: '2026-11-25 13:30:00.123456+00',
        reasons: why,
        tenant: null,
        action: `${verb} pods/${door}`,
        outcome: 'done',
        person: 'eve@example.com',
        grant_id: 'speech-eval',
        last_event: 'granted',
        pod: POD,
        namespace: 'research-speech',
      },
    ]);
  });

  test('is its people’s own, one another’s too', async () => {
    const evidence = went(went(goodDay(), ada, 'get', 'log'), lin, 'create', 'portforward');
    expect(await rows(evidence)).toEqual([]);
  });

  test('is its people’s as the ledger had them then', async () => {
    const evidence = goodDay();
    evidence.record(at('13:00'), 'Update', grantOf('speech-eval', { people: ['ada@example.com'] }));
    expect(await rows(went(evidence, lin, 'get', 'log'))).toMatchObject([{ person: 'lin@example.com' }]);
  });

  test('of a grant that nobody recorded, or entered by somebody without a name, is one too', async () => {
    expect(await rows(went(goodDay(), ada, 'get', 'log', 'grant-made-up--x'))).toMatchObject([
      { grant_id: 'made-up', last_event: null },
    ]);
    expect(await rows(went(goodDay(), { username: 'kubernetes-admin' }, 'get', 'log'))).toMatchObject([
      { person: null, identity: 'kubernetes-admin' },
    ]);
  });

  test('is told from a pod of the team’s own', async () => {
    expect(await rows(went(goodDay(), eve, 'get', 'log', 'bench-0-x7k2p'))).toEqual([]);
  });

  test('shows a refused attempt by its status', async () => {
    const evidence = goodDay();
    evidence.audit(at('13:30'), 'research', {
      verb: 'create',
      user: eve,
      requestURI: '/',
      objectRef: { resource: 'pods', namespace: 'research-speech', name: POD, subresource: 'portforward' },
      responseStatus: { metadata: {}, code: 403 },
    });
    expect(await rows(evidence)).toMatchObject([{ outcome: '403' }]);
  });

  test('is one row for a connection that opens and ends', async () => {
    const evidence = goodDay();
    const event = {
      auditID: 'audit-same',
      verb: 'create',
      user: eve,
      requestURI: '/',
      objectRef: { resource: 'pods', namespace: 'research-speech', name: POD, subresource: 'portforward' },
      responseStatus: { metadata: {}, code: 101 },
    };
    evidence.audit(at('13:30'), 'research', { ...event, stage: 'ResponseStarted' });
    evidence.audit(at('13:30'), 'research', event);
    expect(await rows(evidence)).toHaveLength(1);
  });
});

test('whoever read the log of a pod is among the others of what it read', async () => {
  const evidence = goodDay();
  const { pod, ...own } = grantPod(evidence, at('13:00'), ada, { name: 'grant-speech-eval--run' });
  objectRequest(evidence, at('13:01'), own, { tenant: 'acme', key: 'raw/audio/x.wav' });
  went(evidence, lin, 'get', 'log', pod);
  expect((await ask(evidence, 'who-accessed')).at(-1)).toMatchObject({
    person: 'ada@example.com',
    others: 'lin@example.com',
  });
});

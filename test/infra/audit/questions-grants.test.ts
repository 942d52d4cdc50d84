import { describe, expect, test } from '@jest/globals';
import { grantNames } from '../../../schema/access-names';
import { deliveryNames, roleNames, tenantNames } from '../../../schema/names';
import { ask } from './ask';
import type { Row } from './athena/archive';
import { person } from './fixtures/clusters';
import type { Evidence } from './fixtures/evidence';
import { lifecycle, objectRequest } from './fixtures/objects';
import { identityOf, session } from './fixtures/sessions';
import { ada, at, env, goodDay, grantOf, grantPod, lin, ownSession, production, research } from './fixtures/story';

const RECORDING = { tenant: 'acme', key: 'raw/audio/2026/11/24/call-3.wav' };

describe('access without a live grant', () => {
  const reasons = async (evidence: Evidence): Promise<unknown[]> =>
    (await ask(evidence, 'access-without-a-live-grant')).map(({ reasons: why }) => why);

  /** The good day, and one more request of a pod of the speech grant. */
  function withPod(change: (evidence: Evidence) => void, target = RECORDING, by = ada): Evidence {
    const evidence = goodDay();
    change(evidence);
    const pod = grantPod(evidence, at('13:00'), by, { name: 'second' });
    objectRequest(evidence, at('13:01'), pod, target);
    return evidence;
  }

  test('is none on a good day', async () => {
    expect(await reasons(goodDay())).toEqual([]);
    expect(await reasons(withPod(() => undefined))).toEqual([]);
  });

  test('is access after the grant was removed', async () => {
    const removed = withPod((evidence) => {
      evidence.record(at('12:59'), 'Delete', grantOf('speech-eval'));
    });
    expect(await ask(removed, 'access-without-a-live-grant')).toMatchObject([
      {
        event_time: '2026-11-25 13:01:00+00',
        reasons: 'after the removal of the grant',
        tenant: 'acme',
        object: RECORDING.key,
        outcome: 'done',
        person: 'ada@example.com',
        grant_id: 'speech-eval',
        last_event: 'removed',
        recorded_at: '2026-11-25T12:59:00.000Z',
      },
    ]);
    const later = withPod((evidence) => {
      evidence.record(at('13:02'), 'Delete', grantOf('speech-eval'));
    });
    expect(await reasons(later)).toEqual([]);
    const again = withPod((evidence) => {
      evidence.record(at('12:58'), 'Delete', grantOf('speech-eval'));
      evidence.record(at('12:59'), 'Create', grantOf('speech-eval'));
    });
    expect(await reasons(again)).toEqual([]);
  });

  test.each([
    ['after its last day', { expires: '2026-11-24' }, 'after the last day of the grant'],
    ['before its first day', { issued: '2026-11-26' }, 'before the first day of the grant'],
    ['to another tenant', { tenants: ['birch'] }, 'a tenant outside of the grant'],
    ['to another class', { classes: ['video'] }, 'a class outside of the grant'],
    ['by a way that it does not open', { ways: ['sessions'] }, 'a way that the grant does not open'],
    ['by a person who was taken out', { people: ['lin@example.com'] }, 'a person outside of the grant'],
    [
      'by a role that it names no longer',
      { roleArn: 'arn:aws:iam::333333333333:role/x' },
      'a role that its grant does not name',
    ],
  ])('is access %s', async (_, change, reason) => {
    const evidence = withPod((before) => {
      before.record(at('12:00'), 'Update', grantOf('speech-eval', change));
    });
    expect(await reasons(evidence)).toEqual([reason]);
  });

  test('is no access on the last day itself', async () => {
    const evidence = withPod((before) => {
      before.record(at('12:00'), 'Update', grantOf('speech-eval', { expires: '2026-11-25', issued: '2026-11-25' }));
    });
    expect(await reasons(evidence)).toEqual([]);
  });

  test.each([
    ['another tenant’s object', { tenant: 'birch', key: 'raw/audio/x' }, 'a tenant outside of the grant'],
    ['another class', { tenant: 'acme', key: 'raw/text/x' }, 'a class outside of the grant'],
    ['a model, which is of no class', { tenant: 'acme', key: 'models/x' }, 'a class outside of the grant'],
    ['a list of everything', { tenant: 'acme', key: '', action: 'ListObjects' }, 'a class outside of the grant'],
  ])('is access to %s', async (_, target, reason) => {
    expect(await reasons(withPod(() => undefined, target))).toEqual([reason]);
  });

  test('is access of a pod that somebody else started, or nobody known', async () => {
    const eve = person('eve@example.com', research, 'research-speech');
    expect(await reasons(withPod(() => undefined, RECORDING, eve))).toEqual(['a person outside of the grant']);
    const controller = { username: 'system:serviceaccount:kube-system:cronjob-controller' };
    expect(await reasons(withPod(() => undefined, RECORDING, controller as typeof ada))).toEqual([
      'nobody is known to have started it',
    ]);
  });

  test('is access by a grant that the ledger does not know, whatever the role is called', async () => {
    const evidence = goodDay();
    const unknown = session(evidence, research, grantNames.role(env, 'made-up'), 'x');
    objectRequest(evidence, at('13:00'), unknown, RECORDING);
    expect(await reasons(evidence)).toEqual(['a grant that the ledger does not know']);
  });

  test('is access by a role of the right name in another account', async () => {
    const evidence = goodDay();
    const grant = session(evidence, '999999999999', grantNames.role(env, 'speech-eval'), 'x');
    objectRequest(evidence, at('13:00'), grant, RECORDING);
    const tenant = session(evidence, '999999999999', tenantNames.role(env, 'acme'), 'x');
    objectRequest(evidence, at('13:01'), tenant, RECORDING);
    expect(await reasons(evidence)).toEqual([
      // The other account's copy is in no folder that the trail's table knows: what is left names no role.
      'a principal that no grant names',
      'a principal that no grant names',
    ]);
  });

  test.each([
    ['an administrator', 'platform-admin', 'a principal that no grant names'],
    ['another tenant’s role', tenantNames.role(env, 'birch'), 'a principal that no grant names'],
    ['the delivery handler', roleNames.deliveryHandler(env, 'production'), 'a principal that no grant names'],
  ])('is access by %s', async (_, role, reason) => {
    const evidence = goodDay();
    objectRequest(evidence, at('13:00'), session(evidence, production, role, 'x'), RECORDING);
    expect(await reasons(evidence)).toEqual([reason]);
  });

  test('is none of the tenant’s own role, of ingest, of the eraser and of lifecycle rules', async () => {
    const evidence = goodDay();
    for (const role of [tenantNames.role(env, 'acme'), roleNames.ingest(env), roleNames.eraser(env)])
      objectRequest(evidence, at('13:00'), session(evidence, production, role, 'x'), RECORDING);
    lifecycle(evidence, at('13:00'), 'acme', 'raw/audio/x');
    expect(await reasons(evidence)).toEqual([]);
  });

  test('is not about the delivery bucket, whose name looks like a tenant’s', async () => {
    const evidence = goodDay();
    const bucketName = deliveryNames.bucket(env, 'production');
    const flux = session(evidence, production, roleNames.fluxSource(env, 'production'), 'x');
    const event = { eventSource: 's3.amazonaws.com', eventName: 'GetObject', eventCategory: 'Data' };
    evidence.cloudTrail(at('13:00'), [production], {
      ...event,
      userIdentity: identityOf(flux),
      requestParameters: { bucketName, key: 'x' },
    });
    expect(await reasons(evidence)).toEqual([]);
  });

  test('is access to a tenant whose name ends like the delivery bucket’s, and of whom nothing is known', async () => {
    const evidence = goodDay();
    const bucketName = tenantNames.bucket(env, 'x-delivery-production');
    evidence.cloudTrail(at('13:00'), [production], {
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      eventCategory: 'Data',
      requestParameters: { bucketName, key: 'raw/audio/x' },
    });
    const rows = await ask(evidence, 'access-without-a-live-grant');
    expect(rows.map(({ tenant, reasons: why }) => [tenant, why])).toEqual([
      ['x-delivery-production', 'a principal that no grant names'],
    ]);
  });

  test('is none where only the owner’s copy is left of a pod’s request', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada, { name: 'lone' });
    objectRequest(evidence, at('13:01'), pod, { ...RECORDING, ownerOnly: true });
    expect(await reasons(evidence)).toEqual([]);
  });

  test('tells refused requests by their outcome', async () => {
    const evidence = withPod(() => undefined, { tenant: 'birch', key: 'raw/audio/x' });
    const pod = grantPod(evidence, at('13:10'), lin, { name: 'third' });
    objectRequest(evidence, at('13:11'), pod, { tenant: 'birch', key: 'raw/audio/y', errorCode: 'AccessDenied' });
    expect((await ask(evidence, 'access-without-a-live-grant')).map(({ outcome }) => outcome)).toEqual([
      'done',
      'AccessDenied',
    ]);
  });

  test.each([
    ['no purpose', { tags: { ticket: 'DATA-124' } }, 'a session without a purpose'],
    ['another purpose', { tags: { purpose: 'annotation', ticket: 'DATA-124' } }, 'a session for another purpose'],
    ['no ticket', { tags: { purpose: 'quality-assurance' } }, 'a session without a ticket'],
    [
      'another ticket',
      { tags: { purpose: 'quality-assurance', ticket: 'DATA-999' } },
      'a session under another ticket',
    ],
    [
      'no source identity',
      { sourceIdentity: undefined },
      'nobody is known to have started it; a session without a source identity',
    ],
    ['another person', { sourceIdentity: 'eve@example.com' }, 'a person outside of the grant'],
  ])('is access of a person’s session with %s', async (_, options, reason) => {
    const evidence = goodDay();
    const own = ownSession(evidence, at('13:00'), options);
    objectRequest(evidence, at('13:01'), own, { tenant: 'birch', key: 'raw/text/note' });
    expect(await reasons(evidence)).toEqual([reason]);
  });
});

test('a session of a grant that opens to pods alone is access without a live grant', async () => {
  const evidence = goodDay();
  evidence.record(at('09:00'), 'Update', grantOf('notes-quality', { ways: ['pods'] }));
  const rows = await ask(evidence, 'access-without-a-live-grant');
  expect(rows.map(({ reasons }) => reasons)).toEqual(['a way that the grant does not open']);
});

describe('sessions of persons', () => {
  const sessions = (evidence = goodDay()): Promise<Row[]> => ask(evidence, 'sessions-of-persons');

  test('have person, purpose and ticket beside what the ledger says, and what was read', async () => {
    expect(await sessions()).toMatchObject([
      {
        asked_at: '2026-11-25 10:00:00+00',
        outcome: 'done',
        person: 'noor@example.com',
        grant_id: 'notes-quality',
        purpose: 'quality-assurance',
        ticket: 'DATA-124',
        granted_purpose: 'quality-assurance',
        granted_ticket: 'DATA-124',
        approver: 'lead@example.com',
        requests: '1',
        tenants: 'birch',
        asked_by: expect.stringContaining('AWSReservedSSO_Research_0123456789abcdef/noor@example.com'),
      },
    ]);
  });

  test('are there when they were refused, or read nothing', async () => {
    const evidence = goodDay();
    ownSession(evidence, at('13:00'), { refused: true, tags: {}, sourceIdentity: undefined });
    ownSession(evidence, at('14:00'));
    expect(
      (await sessions(evidence)).map(({ outcome, person: who, purpose, requests }) => [
        outcome,
        who,
        purpose,
        requests,
      ]),
    ).toEqual([
      ['done', 'noor@example.com', 'quality-assurance', '1'],
      ['AccessDenied', null, null, '0'],
      ['done', 'noor@example.com', 'quality-assurance', '0'],
    ]);
  });

  test('are of grants’ session roles only', async () => {
    const evidence = goodDay();
    ownSession(evidence, at('13:00'), { grant: 'made-up' });
    const rows = await sessions(evidence);
    expect(rows.map(({ grant_id: grant, granted_purpose: purpose }) => [grant, purpose])).toEqual([
      ['notes-quality', 'quality-assurance'],
      ['made-up', null],
    ]);
  });
});

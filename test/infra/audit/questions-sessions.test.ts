import { describe, expect, test } from '@jest/globals';
import { ask } from './ask';
import type { Evidence } from './fixtures/evidence';
import { objectRequest } from './fixtures/objects';
import { at, goodDay, ownSession } from './fixtures/story';

const NOTE = { tenant: 'birch', key: 'derived/text/note-8.json' };
const ATHENA = { through: 'athena.amazonaws.com', accessKey: 'ASIAOTHER' };

const reasons = async (evidence: Evidence): Promise<unknown[]> =>
  (await ask(evidence, 'access-without-a-live-grant')).map(({ reasons: why }) => why);

describe('a request of a person’s own session', () => {
  test.each([
    ['that a service signs with a key of its own', ATHENA],
    ['of which the owner’s copy alone is left', { ownerOnly: true }],
  ])('%s is known by the session’s name', async (_, more) => {
    const evidence = goodDay();
    objectRequest(evidence, at('13:01'), ownSession(evidence, at('13:00')), { ...NOTE, ...more });
    expect((await ask(evidence, 'who-accessed', { tenant: 'birch' })).at(-1)).toMatchObject({
      object: NOTE.key,
      person: 'noor@example.com',
      grant_id: 'notes-quality',
      purpose: 'quality-assurance',
      ticket: 'DATA-124',
      approver: 'lead@example.com',
    });
    expect(await reasons(evidence)).toEqual([]);
  });

  test('is of the last session of that name before it', async () => {
    const evidence = goodDay();
    const early = ownSession(evidence, at('13:00'), { tags: { purpose: 'annotation', ticket: 'DATA-124' } });
    objectRequest(evidence, at('13:01'), early, { ...NOTE, ...ATHENA });
    ownSession(evidence, at('13:30'));
    objectRequest(evidence, at('13:31'), early, { ...NOTE, ...ATHENA });
    expect(await reasons(evidence)).toEqual(['a session for another purpose']);
  });

  test('is not taken for one that was refused, or that began later', async () => {
    const evidence = goodDay();
    const own = ownSession(evidence, at('09:30'), { refused: true });
    objectRequest(evidence, at('09:31'), own, { ...NOTE, ...ATHENA });
    expect(await reasons(evidence)).toEqual(['a session without a purpose; a session without a ticket']);
  });

  test('counts among what the session read, whoever signed it', async () => {
    const evidence = goodDay();
    const own = ownSession(evidence, at('13:00'));
    objectRequest(evidence, at('13:01'), own, { ...NOTE, ...ATHENA });
    const rows = await ask(evidence, 'sessions-of-persons');
    expect(rows.map(({ asked_at, requests, tenants }) => [asked_at, requests, tenants])).toEqual([
      ['2026-11-25 10:00:00+00', '1', 'birch'],
      ['2026-11-25 13:00:00+00', '1', 'birch'],
    ]);
  });
});

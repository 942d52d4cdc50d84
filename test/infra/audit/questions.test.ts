import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionText, sqlFiles } from '../../../infra/audit/question-text';
import { ask, DEFAULTS, QUESTIONS } from './ask';
import { ada, at, goodDay, grantPod, lin, ownSession, research } from './fixtures/story';
import { objectRequest } from './fixtures/objects';
import { creation, request } from './fixtures/clusters';
import { session } from './fixtures/sessions';
import type { Row } from './athena/archive';

const pick = (rows: readonly Row[], ...columns: string[]): unknown[][] =>
  rows.map((row) => columns.map((column) => row[column]));

describe('who accessed a tenant’s data', () => {
  const who = async (evidence = goodDay(), over = {}): Promise<Row[]> => ask(evidence, 'who-accessed', over);

  test('names the person behind the pod, the purpose and the ticket', async () => {
    const [first] = await who();
    expect(first).toMatchObject({
      event_time: '2026-11-25 09:05:00+00',
      action: 'GetObject',
      object: 'raw/audio/2026/11/24/call-1.wav',
      outcome: 'done',
      person: 'ada@example.com',
      others: null,
      grant_id: 'speech-eval',
      purpose: 'model-evaluation',
      ticket: 'DATA-123',
      approver: 'lead@example.com',
      justification: 'Measure the word error rate of the candidate on real recordings.',
      namespace: 'research-speech',
      service_account: 'grant-speech-eval',
      job: 'wer-run',
      pod: 'wer-run-0-x7k2p',
      started_by: 'person:ada@example.com',
    });
  });

  test('has every request once, though two accounts recorded it, and no other tenant’s', async () => {
    expect(pick(await who(), 'event_time', 'action', 'person', 'service_account')).toEqual([
      ['2026-11-25 09:05:00+00', 'GetObject', 'ada@example.com', 'grant-speech-eval'],
      ['2026-11-25 11:02:00+00', 'GetObject', null, 'pipeline'],
      ['2026-11-25 11:03:00+00', 'PutObject', null, 'pipeline'],
      ['2026-11-25 11:31:00+00', 'PutObject', null, null],
      ['2026-11-25 12:00:00+00', 'DeleteObject', null, null],
    ]);
    expect(await who(goodDay(), { tenant: 'cedar-health' })).toEqual([]);
  });

  test('names the person of a session of one’s own, with the session’s purpose and ticket', async () => {
    expect(
      pick(await who(goodDay(), { tenant: 'birch' }), 'person', 'purpose', 'ticket', 'grant_id', 'pod', 'object'),
    ).toEqual([
      ['noor@example.com', 'quality-assurance', 'DATA-124', 'notes-quality', null, 'derived/text/note-7.json'],
    ]);
  });

  test('is of the days asked for', async () => {
    const evidence = goodDay();
    objectRequest(evidence, '2026-11-24T23:00:00Z', session(evidence, research, 'x', 'y'), {
      tenant: 'acme',
      key: 'raw/a',
    });
    expect(pick(await who(evidence), 'event_time')[0]).toEqual(['2026-11-25 09:05:00+00']);
    expect(await who(evidence, { first_day: '2026/11/24' })).toHaveLength(6);
  });

  test('tells the pod’s start when that was days before, if one looks back as far', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, '2026-11-19T09:00:00Z', lin, { name: 'long-run' });
    objectRequest(evidence, at('13:00'), pod, { tenant: 'acme', key: 'raw/audio/x.wav' });
    expect(pick(await who(evidence), 'person', 'job').at(-1)).toEqual(['lin@example.com', 'long-run']);
    expect(pick(await who(evidence, { since_day: '2026/11/20' }), 'person', 'job').at(-1)).toEqual([null, null]);
  });

  test('finds the pod by the session’s name where a service signs with a key of its own', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada, { name: 'query' });
    const through = 'athena.amazonaws.com';
    objectRequest(evidence, at('13:01'), pod, { tenant: 'acme', key: 'raw/audio/x', through, accessKey: 'ASIAOTHER' });
    expect(pick(await who(evidence), 'through', 'person', 'pod').at(-1)).toEqual([
      through,
      'ada@example.com',
      'query-0-x7k2p',
    ]);
  });

  test('finds the pod even where only the owner’s copy of the event is there', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada, { name: 'lone' });
    objectRequest(evidence, at('13:01'), pod, { tenant: 'acme', key: 'raw/audio/x', ownerOnly: true });
    expect(pick(await who(evidence), 'person', 'pod').at(-1)).toEqual(['ada@example.com', 'lone-0-x7k2p']);
  });

  test('names who went into somebody else’s pod, or changed their Job', async () => {
    const evidence = goodDay();
    const target = { cluster: 'research', namespace: 'research-speech' } as const;
    request(evidence, at('09:01'), lin, {
      ...target,
      resource: 'pods',
      name: 'wer-run-0-x7k2p',
      verb: 'create',
      subresource: 'portforward',
    });
    expect(pick(await who(evidence), 'person', 'others')[0]).toEqual(['ada@example.com', 'lin@example.com']);
    const patched = goodDay();
    request(patched, at('09:00'), lin, { ...target, resource: 'jobs', name: 'wer-run', verb: 'patch' });
    request(patched, at('09:00'), ada, { ...target, resource: 'jobs', name: 'wer-run', verb: 'patch' });
    expect(pick(await who(patched), 'person', 'others')[0]).toEqual(['ada@example.com', 'lin@example.com']);
    const elsewhere = goodDay();
    request(elsewhere, at('09:00'), lin, {
      ...target,
      namespace: 'research-other',
      resource: 'jobs',
      name: 'wer-run',
      verb: 'patch',
    });
    expect(pick(await who(elsewhere), 'others')[0]).toEqual([null]);
  });

  test('does not take a pod’s name from tags that EKS did not set', async () => {
    const evidence = goodDay();
    const forged = ownSession(evidence, at('13:00'), {
      tags: { 'kubernetes-pod-uid': String((await who())[0]?.['pod_uid']), purpose: 'annotation', ticket: 'DATA-1' },
    });
    objectRequest(evidence, at('13:01'), forged, { tenant: 'acme', key: 'raw/text/x' });
    expect(pick(await who(evidence), 'pod_uid', 'person').at(-1)).toEqual([null, 'noor@example.com']);
  });

  test('does not take a creation that was refused for a start', async () => {
    const evidence = goodDay();
    creation(evidence, at('08:59'), lin, {
      cluster: 'research',
      resource: 'jobs',
      namespace: 'research-speech',
      made: 'wer-run',
      code: 403,
    });
    expect(pick(await who(evidence), 'person')[0]).toEqual(['ada@example.com']);
  });

  test('shows refused requests as such', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada);
    objectRequest(evidence, at('13:01'), pod, { tenant: 'acme', key: 'raw/video/x', errorCode: 'AccessDenied' });
    expect(pick(await who(evidence), 'outcome').at(-1)).toEqual(['AccessDenied']);
  });
});

describe('the questions', () => {
  const names = sqlFiles(QUESTIONS).map((file) => file.replace(/\.sql$/, ''));
  const source = (name: string): string => readFileSync(join(QUESTIONS, `${name}.sql`), 'utf8');

  test('are these', () => {
    expect(names).toEqual([
      'access-without-a-live-grant',
      'evidence-changes',
      'policy-changes',
      'sessions-of-persons',
      'silent-sources',
      'touched-by-person',
      'who-accessed',
    ]);
    expect(readFileSync(join(QUESTIONS, 'README.md'), 'utf8')).toEqual(
      expect.stringMatching(new RegExp(names.map((name) => `(?=[^]*\`${name}\`)`).join(''))),
    );
  });

  test.each(names)(
    '%s names its parameters in the order of its question marks, and fits into a saved query',
    (name) => {
      const { query, parameters } = questionText(source(name));
      const code = query.replace(/--[^\n]*|'(?:[^']|'')*'/g, '');
      expect(code.match(/\?/g)).toHaveLength(parameters.length);
      expect(Object.keys(DEFAULTS)).toEqual(expect.arrayContaining([...parameters]));
      const head = query
        .split('\n')
        .filter((line, i, lines) => lines.slice(0, i + 1).every((one) => one.startsWith('--')));
      expect(head.at(-1)).toBe(`-- Parameters, in order: ${parameters.join(', ')}.`);
      // Characters of a named query's description and bytes of its text.
      expect(head.map((line) => line.replace(/^-- */, '')).join(' ').length).toBeLessThanOrEqual(1024);
      expect(Buffer.byteLength(query)).toBeLessThan(262_144);
      expect(query).not.toContain('-- part:');
    },
  );

  test('a part that is not there is named, with those that are', () => {
    expect(() => questionText('-- X\nWITH\n-- part: nothing\nSELECT 1')).toThrow(
      "-- part: got 'nothing', allowed accesses, granted, objects, sessions, starts; name one, or write it",
    );
  });

  test('only parameters are replaced, not what stands in a text or a comment', () => {
    const { query, parameters } = questionText("-- a :b\nSELECT ':c', :d, 'it''s :e' FROM x WHERE y = :d");
    expect(parameters).toEqual(['d', 'd']);
    expect(query).toBe("-- a :b\n-- Parameters, in order: d, d.\nSELECT ':c', ?, 'it''s :e' FROM x WHERE y = ?");
  });

  test('every part is of some question', () => {
    const used = names.flatMap((name) =>
      [...source(name).matchAll(/^-- part: (.*)$/gm)].map(([, part]) => `${part ?? ''}.sql`),
    );
    expect([...new Set(used)].sort()).toEqual(sqlFiles(join(QUESTIONS, 'parts')));
  });

  test('every question that reads the trail or a cluster’s log names a day, so that it does not read everything', () => {
    for (const name of names) {
      const { query } = questionText(source(name));
      const reads = query.match(/FROM (?:trail|kubernetes|heartbeats)\b/g) ?? [];
      const bounded = query.match(
        /FROM (?:trail|kubernetes|heartbeats)\n\s*WHERE (?:environment = \?\n\s*AND )?day BETWEEN \? AND \?/g,
      );
      expect({ name, bounded: bounded?.length ?? 0 }).toEqual({ name, bounded: reads.length });
    }
  });
});

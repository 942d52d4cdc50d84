import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../../services/pipeline-worker/message';
import { inputId } from '../../../services/pipeline-worker/call';
import { BUCKET, eventBody, eventRecord } from './sample';

const read = (body: string): ReturnType<typeof readMessage> => readMessage(body, BUCKET, 'text');

describe('a message', () => {
  test('is read with every record of it, its keys decoded as a form is', () => {
    const body = eventBody(
      eventRecord('raw/text/a+b%2Bc%C3%A4.txt', { version: 'v1' }),
      eventRecord('raw%2Ftext%2Fd', { name: 's3:ObjectCreated:Copy' }),
    );
    expect(read(body)).toEqual({
      kind: 'calls',
      calls: [
        { key: 'raw/text/a b+cä.txt', version: 'v1', recordedAt: '2026-11-25T10:00:00.000Z' },
        { key: 'raw/text/d', version: undefined, recordedAt: '2026-11-25T10:00:00.000Z' },
      ],
    });
  });

  test('of S3’s test is known as one', () => {
    expect(read(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: BUCKET }))).toEqual({
      kind: 'test',
    });
  });

  const fine = eventRecord('raw/text/a');
  test.each<[name: string, body: string, rule: string]>([
    ['no JSON', '{', 'it is no JSON'],
    ['another form', '{"Records":[]}', 'it is no event of S3'],
    ['SNS’s envelope', JSON.stringify({ Message: eventBody(fine) }), 'it is no event of S3'],
    [
      'a removal',
      eventBody(eventRecord('raw/text/a', { name: 'ObjectRemoved:Delete' })),
      'it tells of something else than a new object',
    ],
    ['another bucket', eventBody(fine, eventRecord('raw/text/a', { bucket: 'other' })), 'it names another bucket'],
    ['another class', eventBody(eventRecord('raw/audio/a')), "its key is not below the class's raw prefix"],
    ['a class of like name', eventBody(eventRecord('raw/texts/a')), "its key is not below the class's raw prefix"],
    ['derived data', eventBody(eventRecord('derived/raw/text/a')), "its key is not below the class's raw prefix"],
    ['the folder', eventBody(eventRecord('raw/text/')), "its key is not below the class's raw prefix"],
    [
      'a key that cannot be decoded',
      eventBody(eventRecord('raw/text/%E4')),
      "its key is not below the class's raw prefix",
    ],
  ])('of %s is refused whole', (_, body, rule) => {
    expect(read(body)).toEqual({ kind: 'refused', rule });
  });
});

test('an input has an id of its own for each bucket, key and version, and always the same', () => {
  const ids = [inputId('a', 'b', 'c'), inputId('a', 'b', 'd'), inputId('a', 'bc', ''), inputId('ab', '', 'c')];
  expect(new Set(ids).size).toBe(4);
  expect(inputId('a', 'b', 'c')).toBe(ids[0]);
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary';
import { eventBody, eventRecord } from '../pipeline-worker/sample';
import { Cloud } from './cloud';
import { copy, noted, script } from './stages';

let cloud: Cloud;
let notes: string;
beforeEach(async () => {
  cloud = await Cloud.start();
  notes = join(temporaryFolder(), 'notes');
  writeFileSync(notes, '');
});
const ran = (): string[] => readFileSync(notes, 'utf8').split('\n').filter(Boolean);
const DEAD = { visible: 1, hidden: 0 };
const NONE = { visible: 0, hidden: 0 };

describe('a message that is refused', () => {
  test.each<[name: string, record: () => object]>([
    ['another bucket', () => eventRecord('raw/text/a', { bucket: 'another-bucket' })],
    ['another class', () => eventRecord('raw/audio/a', { bucket: cloud.bucket })],
    ['derived data', () => eventRecord('derived/text/a', { bucket: cloud.bucket })],
    ['nothing that is known', () => ({ a: 1 })],
  ])('for it names %s runs nothing, ends in the dead letters after 5 receives, and stops nobody', async (_, record) => {
    for (const key of ['raw/audio/a', 'derived/text/a']) await cloud.put(key, 'x');
    await cloud.send(eventBody(record()));
    await cloud.call('raw/text/fine');
    const { code, lines } = await cloud.work([noted('one', notes)]);
    expect([code, ran()]).toEqual([0, ['raw/text/fine']]);
    expect([await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([NONE, DEAD]);
    const [dead] = await cloud.receive(cloud.deadLetters);
    expect(dead?.Body).toBe(eventBody(record()));
    // Five of the queue and the one just now, which moto counts on.
    expect(dead?.Attributes?.ApproximateReceiveCount).toBe('6');
    expect(lines.at(-1)).toMatchObject({ event: 'drained', refused: 1, done: 1 });
  });
});

describe('a message whose stage', () => {
  test('ends with 65 is run once, becomes a dead letter at once, and writes nothing', async () => {
    await cloud.call('raw/text/bad');
    await cloud.call('raw/text/good');
    const bad = "if (e.ATOLL_OBJECT_KEY.endsWith('bad')) process.exit(65);";
    const { code } = await cloud.work([copy, noted('judge', notes, bad)]);
    expect([code, ran().sort()]).toEqual([0, ['raw/text/bad', 'raw/text/good']]);
    expect(Object.keys(await cloud.keys())).toHaveLength(1);
    expect([await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([NONE, DEAD]);
  });

  test.each([1, 75])('ends with %i comes back after a while, once to the same worker', async (exit) => {
    await cloud.call('raw/text/a');
    const failing = noted('one', notes, `process.exitCode = ${exit};`);
    const { code } = await cloud.work([copy, failing], { wait: 4, retry: 2 });
    expect([code, ran()]).toEqual([0, ['raw/text/a', 'raw/text/a']]);
    expect(await cloud.keys()).toEqual({});
    // The second time it waits 4 times as long.
    expect([await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([{ visible: 0, hidden: 1 }, NONE]);
    expect((await cloud.work([copy], { wait: 10 })).code).toBe(0);
    expect([Object.keys(await cloud.keys()).length, await cloud.waiting()]).toEqual([1, NONE]);
  });

  test('always fails becomes a dead letter after 5 runs', async () => {
    await cloud.call('raw/text/a');
    for (let i = 0; i < 5; i++) await cloud.work([noted('one', notes, 'process.exitCode = 1;')], { retry: 0 });
    expect(ran()).toHaveLength(5);
    expect([await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([NONE, DEAD]);
  });

  test('takes too long is ended, and its message comes back', async () => {
    await cloud.call('raw/text/a');
    const { lines } = await cloud.work([copy, script('slow', 'setInterval(() => {}, 1000);', 1)], { retry: 60 });
    expect(lines.find(({ stage }) => stage === 'slow')).toMatchObject({ end: 'retry', code: 'timeout' });
    expect([await cloud.keys(), await cloud.waiting()]).toEqual([{}, { visible: 0, hidden: 1 }]);
  });

  test.each<[name: string, code: string]>([
    ['without its id', "write('records/all.json', '');"],
    ['through a link', 'fs.symlinkSync("/etc/passwd", `${e.ATOLL_OUTPUT}/${e.ATOLL_INPUT_ID}`);'],
  ])('writes %s has nothing uploaded, and becomes a dead letter', async (_, code) => {
    await cloud.call('raw/text/a');
    const { lines } = await cloud.work([copy, script('break', code)]);
    expect(lines.find(({ event }) => event === 'broken')?.['fault']).toMatch(/^ATOLL_OUTPUT: got .*, allowed .*; /);
    expect([await cloud.keys(), await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([
      {},
      NONE,
      DEAD,
    ]);
  });
});

test('one bad record of a message does not keep the others from being worked on, and the message comes back', async () => {
  const records = await Promise.all(
    ['bad', 'good'].map(async (name) => {
      const version = await cloud.put(`raw/text/${name}`, name);
      return eventRecord(`raw/text/${name}`, { bucket: cloud.bucket, version });
    }),
  );
  await cloud.send(eventBody(...records));
  await cloud.work([script('judge', "if (e.ATOLL_OBJECT_KEY.endsWith('bad')) process.exit(1);"), copy], { retry: 60 });
  expect([Object.keys(await cloud.keys()).length, await cloud.waiting()]).toEqual([1, { visible: 0, hidden: 1 }]);
});

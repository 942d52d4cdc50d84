import { describe, expect, test } from '@jest/globals';
import { forEachLimited } from '../../../services/dataset-builder/limited';
import { linesOf } from '../../../services/dataset-builder/lines';
import { passes, recordOf } from '../../../services/dataset-builder/record';
import { recipeOf } from './sample-data';

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
async function linesIn(max: number, ...texts: readonly string[]): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  for await (const line of linesOf(chunksOf(...texts), max)) lines.push(line);
  return lines;
}

describe('lines', () => {
  test('are whole wherever a chunk ends, be it within a letter', async () => {
    expect(await linesIn(100, 'one\ntw', 'o\n\nthree')).toEqual(['one', 'two', '', 'three']);
    const bytes = Buffer.from('ä\nö\n');
    async function* split(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
    }
    const lines: (string | undefined)[] = [];
    for await (const line of linesOf(split())) lines.push(line);
    expect(lines).toEqual(['ä', 'ö']);
  });

  test('that are too long come as undefined, and those behind them whole', async () => {
    expect(await linesIn(5, '12345\n123', '456\n12', '345', '6789')).toEqual(['12345', undefined, undefined]);
    expect(await linesIn(5, '123456\nab\n')).toEqual([undefined, 'ab']);
  });

  test('are none in nothing', async () => {
    expect(await linesIn(5)).toEqual([]);
    expect(await linesIn(5, '')).toEqual([]);
  });
});

describe('a record', () => {
  const line = (over: object): string =>
    JSON.stringify({ object_key: 'raw/audio/a.wav', object_version: 'v', bytes: 5, ...over });

  test('is read without its text', () => {
    const record = recordOf(line({ duration_seconds: 2.5, language: 'de', text: 'secret' }), 'acme', 'audio');
    expect(record).toEqual({
      tenant: 'acme',
      key: 'raw/audio/a.wav',
      version: 'v',
      bytes: 5,
      seconds: 2.5,
      language: 'de',
    });
  });

  test.each([
    ['of another class', { object_key: 'raw/text/a' }],
    ['of a model', { object_key: 'models/raw/audio/a' }],
    ['without a version', { object_version: '' }],
    ['of half a byte', { bytes: 0.5 }],
    ['of less than nothing', { bytes: -1 }],
    ['whose size is a text', { bytes: '5' }],
  ])('%s is none', (_, over) => {
    expect(recordOf(line(over), 'acme', 'audio')).toBeUndefined();
  });

  const lets = (filters: NonNullable<Parameters<typeof recipeOf>[0]>['filters'], over: object): boolean => {
    const record = recordOf(line(over), 'acme', 'audio');
    if (record === undefined) throw new Error('got no record, expected one');
    return passes(record, recipeOf({ filters }));
  };

  test.each([
    [{}, {}, true],
    [{ minSeconds: 3 }, { duration_seconds: 3 }, true],
    [{ minSeconds: 3 }, { duration_seconds: 2.9 }, false],
    [{ minSeconds: 0 }, {}, false],
    [{ maxSeconds: 3 }, { duration_seconds: 3.1 }, false],
    [{ maxSeconds: 3 }, {}, false],
    [{ languages: ['de'] }, { language: 'de-AT' }, true],
    [{ languages: ['de-AT'] }, { language: 'de' }, false],
    [{ languages: ['de'] }, { language: 'den' }, false],
    [{ languages: ['en', 'DE'] }, { language: 'de' }, true],
    [{ languages: ['de'] }, {}, false],
  ] as const)('under %j, of %j, is let through: %s', (filters, over, expected) => {
    expect(lets(filters as Parameters<typeof lets>[0], over)).toBe(expected);
  });
});

describe('work with a limit', () => {
  async function* numbers(count: number): AsyncGenerator<number> {
    for (let i = 0; i < count; i++) yield await Promise.resolve(i);
  }

  test('is done for every item, no more at once than the limit', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await forEachLimited(numbers(20), 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(most).toBe(3);
  });

  test('ends with the first error, and begins nothing more', async () => {
    let begun = 0;
    const work = forEachLimited(numbers(20), 2, async (item) => {
      begun += 1;
      await Promise.resolve();
      if (item === 3) throw new Error('three');
    });
    await expect(work).rejects.toThrow('three');
    expect(begun).toBeLessThan(8);
  });
});

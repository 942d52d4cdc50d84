import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Heartbeat, startHeartbeat } from '../../../services/pipeline-worker/heartbeat';

type Hide = (receipt: string, seconds: number) => Promise<boolean>;
const HOUR = 3_600_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function beating(hide: Hide): { heartbeat: Heartbeat; asked: number[] } {
  const asked: number[] = [];
  const heartbeat = startHeartbeat(
    {
      hide: (receipt, seconds) => {
        asked.push(seconds);
        return hide(receipt, seconds);
      },
    },
    'receipt',
    180,
  );
  return { heartbeat, asked };
}

describe('a heartbeat', () => {
  test('renews the whole visibility at each third of it', async () => {
    const { heartbeat, asked } = beating(() => Promise.resolve(true));
    await jest.advanceTimersByTimeAsync(59_999);
    expect(asked).toEqual([]);
    await jest.advanceTimersByTimeAsync(121_000);
    expect(asked).toEqual([180, 180, 180]);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect([asked.length, heartbeat.lost.aborted]).toEqual([63, false]);
    await heartbeat.stop();
  });

  test('tells at once that the message is another’s, and asks no more', async () => {
    const { heartbeat, asked } = beating(() => Promise.resolve(false));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(heartbeat.lost.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(asked).toEqual([180]);
    await heartbeat.stop();
  });

  test('lives through a renewal without an answer, until the last one no longer holds', async () => {
    let answers = 0;
    const { heartbeat, asked } = beating(() =>
      ++answers % 2 === 0 ? Promise.resolve(true) : Promise.reject(new Error('x')),
    );
    await jest.advanceTimersByTimeAsync(HOUR);
    expect([asked.length, heartbeat.lost.aborted]).toEqual([60, false]);
    await heartbeat.stop();
  });

  test.each<[name: string, hide: Hide]>([
    ['fail', () => Promise.reject(new Error('x'))],
    ['hang', () => new Promise<boolean>(() => undefined)],
  ])('gives the message up where renewals %s for as long as it was hidden', async (_, hide) => {
    const { heartbeat } = beating(hide);
    await jest.advanceTimersByTimeAsync(179_999);
    expect(heartbeat.lost.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(heartbeat.lost.aborted).toBe(true);
  });

  test('asks for no more than what is left of 12 hours, and gives the message up at their end', async () => {
    const { heartbeat, asked } = beating(() => Promise.resolve(true));
    await jest.advanceTimersByTimeAsync(12 * HOUR - 1);
    expect(asked.slice(-4)).toEqual([180, 180, 120, 60]);
    expect(heartbeat.lost.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(heartbeat.lost.aborted).toBe(true);
    await heartbeat.stop();
  });

  test('that is stopped waits for the renewal under way, and renews nothing more', async () => {
    let answer = (): void => undefined;
    const { heartbeat, asked } = beating(
      () =>
        new Promise((resolve) => {
          answer = () => {
            resolve(false);
          };
        }),
    );
    await jest.advanceTimersByTimeAsync(60_000);
    let stopped = false;
    const stop = heartbeat.stop().then(() => {
      stopped = true;
    });
    await jest.advanceTimersByTimeAsync(1000);
    expect(stopped).toBe(false);
    answer();
    await stop;
    await jest.advanceTimersByTimeAsync(HOUR);
    expect([asked.length, heartbeat.lost.aborted]).toEqual([1, false]);
  });
});

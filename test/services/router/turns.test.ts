import { describe, expect, test } from '@jest/globals';
import { setImmediate as tick } from 'node:timers/promises';
import { type Place, type Turn, Turns } from '../../../services/router/turns';

const LIMITS = { running: 2, runningPerTenant: 2, heldPerTenant: 10 };
const never = new AbortController().signal;

function entered(turns: Turns, tenant: string): Place {
  const place = turns.enter(tenant);
  if (place === undefined) throw new Error('full');
  return place;
}

/** Lets requests wait in this order, and tells in which order they had their turns, each leaving before the next. */
async function order(turns: Turns, names: readonly string[]): Promise<string[]> {
  const had: string[] = [];
  const ends = names.map(async (name) => {
    const place = entered(turns, name.charAt(0));
    await place.turn(never);
    had.push(name);
    await tick();
    place.leave();
  });
  turns.open(true);
  await Promise.all(ends);
  return had;
}

describe('turns', () => {
  test('go round the tenants, and keep the order of each', async () => {
    const turns = new Turns({ ...LIMITS, running: 1 });
    expect(await order(turns, ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'])).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'b2',
      'a3',
      'a4',
    ]);
    expect([turns.held, turns.running]).toEqual([0, 0]);
  });

  test('leave a place for others, however many of one tenant wait', async () => {
    const turns = new Turns({ running: 4, runningPerTenant: 2, heldPerTenant: 10 });
    turns.open(true);
    const ends: string[] = [];
    for (let i = 0; i < 5; i++)
      void entered(turns, 'a')
        .turn(never)
        .then(() => ends.push('a'));
    void entered(turns, 'b')
      .turn(never)
      .then(() => ends.push('b'));
    await tick();
    expect(ends).toEqual(['a', 'a', 'b']);
    expect([turns.held, turns.running]).toEqual([3, 3]);
  });

  test('are refused to a tenant that has as many waiting as it may, and not to another', () => {
    const turns = new Turns({ ...LIMITS, heldPerTenant: 2 });
    const first = entered(turns, 'a');
    entered(turns, 'a');
    expect(turns.enter('a')).toBeUndefined();
    expect(turns.enter('b')).toBeDefined();
    first.leave();
    first.leave();
    expect(turns.enter('a')).toBeDefined();
    expect(turns.held).toBe(3);
  });

  test('come to those first who were there first, when they come back from a server that was not there', async () => {
    const turns = new Turns({ running: 3, runningPerTenant: 3, heldPerTenant: 10 });
    turns.open(true);
    const places = ['a1', 'a2', 'a3'].map(() => entered(turns, 'a'));
    for (const place of places) expect(await place.turn(never)).toBe('granted');
    turns.open(false);
    const had: string[] = [];
    const late = entered(turns, 'a');
    void late.turn(never).then(() => had.push('a4'));
    for (const [index, place] of [...places.entries()].toReversed()) {
      place.back();
      void place.turn(never).then(() => had.push(`a${index + 1}`));
    }
    expect([turns.held, turns.running]).toEqual([4, 0]);
    turns.open(true);
    await tick();
    expect(had).toEqual(['a1', 'a2', 'a3']);
  });

  test('pass over who has gone', async () => {
    const turns = new Turns({ ...LIMITS, running: 1 });
    const gone = new AbortController();
    const [first, second] = [entered(turns, 'a'), entered(turns, 'a')];
    const ended = first.turn(gone.signal).catch((error: unknown) => error);
    const turn = second.turn(never);
    gone.abort(new Error('gone'));
    first.leave();
    turns.open(true);
    expect([await ended, await turn]).toEqual([new Error('gone'), 'granted']);
    expect([turns.held, turns.running]).toEqual([0, 1]);
  });

  test('end for all when the pool is no more, and for who comes then', async () => {
    const turns = new Turns(LIMITS);
    const place = entered(turns, 'a');
    const turn: Promise<Turn> = place.turn(never);
    turns.move();
    expect(await turn).toBe('moved');
    expect(await entered(turns, 'b').turn(never)).toBe('moved');
  });

  test('are more at once where the limits are raised', async () => {
    const turns = new Turns({ ...LIMITS, running: 1 });
    turns.open(true);
    const had: number[] = [];
    for (let i = 0; i < 3; i++)
      void entered(turns, 'a')
        .turn(never)
        .then(() => had.push(i));
    await tick();
    turns.limit({ ...LIMITS, running: 2 });
    await tick();
    expect(had).toEqual([0, 1]);
  });
});

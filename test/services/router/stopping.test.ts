import { expect, test } from '@jest/globals';
import { ask, codeOf, demandOf } from './client';
import { until, world } from './router';
import { chatAnswer } from './servers';

test('a router that is told to end finishes what is under way, answers who waits 503, takes nobody, and ends with 0', async () => {
  const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
  const open: (() => void)[] = [];
  own.vllm.answer = (got, reply) =>
    open.push(() => {
      chatAnswer(got, reply);
    });
  const running = ask(own);
  await until(() => open.length === 1);
  const waiting = ask(own);
  await until(async () => (await demandOf(own)).held === 1);
  own.stop();
  const answered = await waiting;
  expect([answered.status, codeOf(answered), answered.headers['retry-after']]).toEqual([503, 'stopping', '1']);
  const ready = await fetch(`${own.operationsUrl}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { ok: false, missing: ['stopping'] }]);
  await expect(ask(own)).rejects.toThrow('ECONNREFUSED');
  open[0]?.();
  expect((await running).status).toBe(200);
  expect(await own.code).toBe(0);
  expect(own.logged('stopped')).toEqual([{ event: 'stopped', cut: 0 }]);
});

test('an answer that outlasts the grace is cut', async () => {
  const own = await world({ times: { grace: 100 } });
  own.vllm.answer = () => undefined;
  const running = ask(own);
  await until(() => own.vllm.got.length === 1);
  own.stop();
  await expect(running).rejects.toThrow('socket hang up');
  expect(await own.code).toBe(0);
  expect(own.logged('stopped')).toEqual([{ event: 'stopped', cut: 1 }]);
});

import { MAX_RECEIVES } from '../../schema/pipeline-job';
import { type CallContext, type CallEnd, runCall } from './call';
import { startHeartbeat } from './heartbeat';
import { readMessage } from './message';
import type { Message, Queue } from './queue';
import type { Timing } from './timing';

/** What became of a message, by how many. */
export type MessageEnd = CallEnd | 'refused' | 'test';

export interface DrainOptions extends Omit<CallContext, 'lost' | 'stageGraceSeconds'> {
  readonly queue: Queue;
  readonly timing: Timing;
}

/**
 * Works on one message after the other until a receive comes back empty, or until it is told to end.
 * @returns whether it was told to end
 * @throws Unreachable; the message in hand is returned first
 */
export async function drain(options: DrainOptions): Promise<boolean> {
  const { queue, report, stop } = options;
  const totals: Partial<Record<MessageEnd, number>> = {};
  /** Messages that this worker does not run again; the queue shows each a few times more on its way to the dead letters. */
  const givenUp = new Set<string>();
  // A call, for the compiler takes what it has seen of a signal for lasting.
  const told = (): boolean => stop.aborted;
  while (!told()) {
    // A receive under way is not broken off: a message that came with it would stay hidden and unknown.
    const message = await queue.receive();
    if (message === undefined) break;
    if (told()) {
      await queue.hide(message.receipt, 0);
      totals.interrupted = (totals.interrupted ?? 0) + 1;
      report('returned', { messages: 1 });
      break;
    }
    if (givenUp.has(message.id)) {
      await queue.hide(message.receipt, secondsAfter('rejected', message, options.timing));
      continue;
    }
    report('received', { messages: 1, receives: message.receives });
    const end = await handle(options, message);
    totals[end] = (totals[end] ?? 0) + 1;
    if (end === 'refused' || end === 'rejected') givenUp.add(message.id);
  }
  report(told() ? 'interrupted' : 'drained', totals);
  return told();
}

async function handle(options: DrainOptions, message: Message): Promise<MessageEnd> {
  const { queue, timing, report, environment } = options;
  const order = readMessage(message.body, environment.ATOLL_BUCKET, environment.ATOLL_PIPELINE);
  if (order.kind !== 'calls') {
    if (order.kind === 'refused') report('refused', { rule: order.rule });
    return settle(options, message, order.kind);
  }
  const heartbeat = startHeartbeat(queue, message.receipt, timing.visibility);
  const context: CallContext = { ...options, lost: heartbeat.lost, stageGraceSeconds: timing.stageGrace };
  let end: CallEnd = 'gone';
  try {
    for (const call of order.calls) {
      end = worse(end, await runCall(context, call));
      if (end === 'interrupted' || end === 'abandoned') break;
    }
  } catch (error) {
    await heartbeat.stop();
    // The next worker may reach what this one does not; where the queue does not answer either, the message shows itself.
    await queue.hide(message.receipt, secondsAfter('retry', message, timing)).catch(() => false);
    throw error;
  }
  await heartbeat.stop();
  return settle(options, message, heartbeat.lost.aborted ? 'abandoned' : end);
}

async function settle({ queue, timing, report }: DrainOptions, message: Message, end: MessageEnd): Promise<MessageEnd> {
  if (end === 'abandoned') {
    report('abandoned', { messages: 1 });
    return end;
  }
  if (end === 'done' || end === 'gone' || end === 'test') {
    const kept = await queue.delete(message.receipt);
    report('deleted', { messages: kept ? 1 : 0, end });
    return end;
  }
  const seconds = secondsAfter(end, message, timing);
  await queue.hide(message.receipt, seconds);
  report('returned', { messages: 1, end, seconds });
  return end;
}

/** From the best to the worst that can become of a call. One bad object of a message does not keep the others from being worked on. */
const WORSE: readonly CallEnd[] = ['gone', 'done', 'rejected', 'retry', 'interrupted', 'abandoned'];
const worse = (a: CallEnd, b: CallEnd): CallEnd => (WORSE.indexOf(a) > WORSE.indexOf(b) ? a : b);

/**
 * How long a message that is not deleted stays hidden. What is interrupted or can never be done shows at once: the next worker has it, or the
 * queue makes it a dead letter at its next receive. A retry waits 10, 40, 160 and 640 s: this worker takes it up again once, and later ones
 * outlive a bad machine. The last one shows at once too, since a dead letter must not boot a machine. Where the queue has no redrive,
 * a message that came more often than it may is hidden, so that it is no endless loop.
 */
export function secondsAfter(
  end: 'interrupted' | 'refused' | 'rejected' | 'retry',
  message: Message,
  timing: Timing,
): number {
  if (end === 'interrupted') return 0;
  if (message.receives > MAX_RECEIVES) return timing.visibility;
  return end === 'retry' && message.receives < MAX_RECEIVES ? timing.retry * 4 ** (message.receives - 1) : 0;
}

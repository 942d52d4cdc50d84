import type { Queue } from './queue';

/**
 * Seconds from a receive after which SQS shows a message again, whatever is asked: 12 hours.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html (2026-11-26)
 */
export const HIDDEN_MAX_SECONDS = 43_200;

export interface Heartbeat {
  /** Fires once the message is no longer this worker's: another may have it, so that nothing may be written any more. */
  readonly lost: AbortSignal;
  /** Ends it, and waits for a renewal under way: one that came later would hide a message that was returned. */
  stop(): Promise<void>;
}

/**
 * Keeps a message that was just received hidden: renews at every third of the visibility, never beyond 12 hours from the receive. The message
 * is lost where SQS says so, where no renewal was answered for as long as the last one holds, and at the end of the 12 hours.
 */
export function startHeartbeat(queue: Pick<Queue, 'hide'>, receipt: string, visibility: number): Heartbeat {
  const lost = new AbortController();
  const received = performance.now();
  let stopped = false;
  let renewal: Promise<void> = Promise.resolve();
  let expiry: NodeJS.Timeout | undefined;
  const lose = (): void => {
    if (!stopped) lost.abort();
  };
  const holdFrom = (sent: number, seconds: number): void => {
    clearTimeout(expiry);
    expiry = setTimeout(lose, seconds * 1000 - (performance.now() - sent));
  };
  const renew = async (): Promise<void> => {
    const sent = performance.now();
    const seconds = Math.min(visibility, Math.floor(HIDDEN_MAX_SECONDS - (sent - received) / 1000));
    if (seconds < 1) return;
    try {
      const kept = await queue.hide(receipt, seconds);
      if (stopped) return;
      if (kept) holdFrom(sent, seconds);
      else lose();
    } catch {
      // The next third asks again, until the last answer no longer holds.
    }
  };
  holdFrom(received, visibility);
  const beat = setInterval(
    () => {
      renewal = Promise.all([renewal, lost.signal.aborted ? undefined : renew()]).then(() => undefined);
    },
    (visibility * 1000) / 3,
  );
  return {
    lost: lost.signal,
    async stop() {
      stopped = true;
      clearInterval(beat);
      clearTimeout(expiry);
      await renewal;
    },
  };
}

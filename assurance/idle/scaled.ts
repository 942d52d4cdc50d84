import { at, listOf, shown } from '../output/values';
import { acceleratorsOf } from './accelerated';
import type { Billed } from './billed';
import { MONTH_SECONDS } from './resource-charges';

/** KEDA asks this often where nothing is said. @see https://keda.sh/docs/2.20/reference/scaledjob-spec/ (from memory, docs/open-claims.md) */
const DEFAULT_POLLING_SECONDS = 30;

/** Triggers by how many requests one look at them costs, of which price; none where they ask inside the cluster. */
const TRIGGERS: Readonly<Record<string, { readonly price: string; readonly requests: number } | undefined>> = {
  'aws-sqs-queue': { price: 'queue-request', requests: 1 },
  'metrics-api': undefined,
};

/** What KEDA scales stays at none without work, has a most, and is asked for by requests that are paid. */
export function billScaled(billed: Billed): void {
  const { values } = billed;
  const asks = acceleratorsOf(at(values, 'spec.jobTargetRef.template'));
  const least = at(values, 'spec.minReplicaCount') ?? 0;
  if (least !== 0) {
    const what = asks === undefined ? '' : ` with ${asks} each`;
    billed.report('unbounded', `minReplicaCount: got ${shown(least)}${what}, expected 0: they run without any work`);
  }
  if (typeof at(values, 'spec.maxReplicaCount') !== 'number')
    billed.report('unbounded', 'maxReplicaCount: got none, expected a number: KEDA goes to 100 by itself');
  for (const trigger of listOf(at(values, 'spec.triggers'))) billTrigger(billed, String(at(trigger, 'type')));
  billed.free('no pod runs without work');
}

function billTrigger(billed: Billed, type: string): void {
  if (type === 'cron') {
    billed.report('unbounded', "trigger: got 'cron', expected work as a trigger: it runs by the clock");
    return;
  }
  if (!(type in TRIGGERS)) {
    billed.report('not-understood', `trigger: got '${type}', expected ${Object.keys(TRIGGERS).join(' or ')}`);
    return;
  }
  const cost = TRIGGERS[type];
  if (cost === undefined) return;
  const seconds = Number(at(billed.values, 'spec.pollingInterval') ?? DEFAULT_POLLING_SECONDS);
  if (seconds > 0)
    billed.charge(cost.price, (MONTH_SECONDS / seconds) * cost.requests, "KEDA's requests to tenants' queues");
  else billed.report('not-understood', `pollingInterval: got ${seconds}, expected seconds`);
}

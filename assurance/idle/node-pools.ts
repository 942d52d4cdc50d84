import { reservationReasonAnnotation } from '../../schema/names';
import { at, isValues, listOf, shown, type Values } from '../output/values';
import { isAccelerated } from './accelerated';
import type { Billed } from './billed';

/** A NodePool costs nothing while it has no node: so it has no floor, an end to what it may buy, and nodes that go when empty. */
export function billNodePool(billed: Billed): void {
  const { values } = billed;
  floors(billed);
  bounds(billed);
  const policy = at(values, 'spec.disruption.consolidateAfter');
  if (policy === 'Never')
    billed.report('unbounded', 'disruption.consolidateAfter: got Never, expected a time: an empty node would stay');
  for (const budget of listOf(at(values, 'spec.disruption.budgets'))) {
    const none = ['0', '0%'].includes(String(at(budget, 'nodes')));
    const reasons = listOf(at(budget, 'reasons'));
    if (none && (reasons.length === 0 || reasons.includes('Empty')))
      billed.report('unbounded', `disruption.budgets: got ${shown(budget)}, expected none that keeps empty nodes`);
  }
  billed.free('has no node without work');
}

/** Karpenter's static pools keep a number of nodes. @see https://karpenter.sh/docs/concepts/nodepools/ (spec.replicas) */
function floors(billed: Billed): void {
  const replicas = at(billed.values, 'spec.replicas');
  if (replicas === undefined || replicas === 0) return;
  billed.report('unbounded', `spec.replicas: got ${shown(replicas)} nodes without any work, expected none`);
}

/** Without a limit one wrong number of pods buys machines without an end. */
function bounds(billed: Billed): void {
  const { values } = billed;
  const families = familiesOf(values);
  if (families.length === 0)
    billed.report(
      'not-understood',
      'requirements: got no instance families, expected some: which machines it buys is not known',
    );
  const limits = at(values, 'spec.limits');
  const wanted = ['cpu', 'memory', ...(families.some(isAccelerated) ? ['nvidia.com/gpu'] : [])];
  for (const resource of wanted)
    if (!isValues(limits) || limits[resource] === undefined)
      billed.report(
        'unbounded',
        `spec.limits: got no limit of ${resource}, expected one: nothing else ends what it may buy`,
      );
}

function familiesOf(pool: Values): string[] {
  return listOf(at(pool, 'spec.template.spec.requirements'))
    .filter((each) => at(each, 'operator') === 'In')
    .filter((each) => FAMILY_KEYS.includes(String(at(each, 'key'))))
    .flatMap((each) => listOf(at(each, 'values')).map(String));
}

const FAMILY_KEYS = ['karpenter.k8s.aws/instance-family', 'node.kubernetes.io/instance-type'];

/** Fewest characters of a reason: enough for a clause, too many for 'n/a'. */
const REASON_MIN_CHARACTERS = 20;

/** Machines of a reservation are paid whether they run or not, and how many they are stands in no template: a written reason is in the bill. */
export function billNodeClass(billed: Billed): void {
  const { values } = billed;
  const terms = listOf(at(values, 'spec.capacityReservationSelectorTerms'));
  const annotations = at(values, 'metadata.annotations');
  const reason = isValues(annotations) ? annotations[reservationReasonAnnotation] : undefined;
  if (terms.length > 0 && typeof reason === 'string' && reason.length >= REASON_MIN_CHARACTERS) {
    billed.unmeasured(`capacity reservations, since ${reason}`, []);
  } else if (terms.length > 0) {
    const ids = terms.map((term) => shown(at(term, 'id') ?? term)).join(', ');
    billed.report(
      'unbounded',
      `capacityReservationSelectorTerms: got ${ids}, expected a reason in the annotation ${reservationReasonAnnotation}: a reservation is paid while nobody works, and its size is not in the output`,
    );
  }
  if (listOf(at(values, 'spec.blockDeviceMappings')).some((mapping) => at(mapping, 'ebs.snapshotID') !== undefined))
    billed.unmeasured('snapshots with images', []);
  billed.free('its volumes are paid while a node lives');
}

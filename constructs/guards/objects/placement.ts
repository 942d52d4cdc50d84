import { labels } from '../../../schema/names';
import { type Container, type PodTemplate } from './pod-template';
import { asksForGpu } from './resources';
import { children, type Report, shown } from './subject';

/**
 * A GPU pod tolerates exactly one pool: none means that it waits for ever, two that the dearer may be bought for it. A toleration
 * without a key tolerates every taint there is.
 */
export function placementFaults(pod: PodTemplate, containers: readonly Container[], report: Report): void {
  const tolerations = children(pod.spec, 'tolerations');
  const path = `${pod.path}spec.tolerations`;
  for (const toleration of tolerations) {
    if (toleration['key'] === undefined || toleration['key'] === '') {
      report(`${path}: got a toleration of every taint, allowed one with a key; name the pool`);
    } else if (toleration['key'] === labels.pool && toleration['operator'] === 'Exists') {
      report(`${path}: got a toleration of every pool, allowed one with a value; name the pool`);
    }
  }
  if (!containers.some(asksForGpu)) return;
  const pools = tolerations.filter((toleration) => toleration['key'] === labels.pool).map((t) => t['value']);
  if (pools.length !== 1) {
    report(
      `${path}: got the pools ${shown(pools)}, allowed exactly one for a GPU pod; tolerate its pool by ${labels.pool}`,
    );
  }
}

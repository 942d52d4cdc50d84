import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { chartImageFaults } from './chart-image-faults';
import { imageFaults } from './image-faults';
import { scopeFaults } from './kinds';
import { checkSet, labelFaults } from './label-faults';
import { nameFaults } from './names';
import { placementFaults } from './placement';
import { podSecurityFaults } from './pod-security';
import { containersOf, podTemplateOf } from './pod-template';
import { resourceFaults } from './resources';
import { child, type GateContext, isJson, type Report, shown, type Subject, subjectOf } from './subject';
import { valueFaults } from './values';

/**
 * Every fault of the objects of one rendered file, each as `file: Kind namespace/name: path: got X, allowed Y; remedy`.
 * It judges what was rendered, not how, so that no construct can be forgotten. An empty list is a pass.
 */
export function objectFaults(
  env: Environment,
  cluster: ClusterName,
  file: string,
  objects: readonly unknown[],
): string[] {
  const faults: string[] = [];
  const context: GateContext = { env, cluster };
  const seen = new Set<string>();
  objects.forEach((object, index) => {
    if (!isJson(object)) {
      faults.push(`${file}: object ${index}: got ${shown(object)}, allowed an object; remove it`);
      return;
    }
    const subject = subjectOf(object);
    const identity = `${subject.kind} ${subject.namespace === undefined ? '' : `${subject.namespace}/`}${subject.name}`;
    const report: Report = (fault) => {
      faults.push(`${file}: ${identity}: ${fault}`);
    };
    const key = `${subject.apiVersion} ${identity}`;
    if (seen.has(key)) report('metadata.name: got it twice, allowed once in a file; remove one');
    seen.add(key);
    judge(context, subject, report);
  });
  return faults;
}

function judge(context: GateContext, subject: Subject, report: Report): void {
  valueFaults(subject.object, report);
  scopeFaults(subject, report);
  nameFaults(subject, report);
  labelFaults(context, subject, report);
  chartImageFaults(context, subject, report);
  const pod = podTemplateOf(subject);
  if (pod === undefined) return;
  if (subject.kind !== 'Pod') {
    checkSet(context, subject, child(pod.metadata, 'labels'), `${pod.path}metadata.labels`, report);
  }
  const containers = containersOf(pod);
  if (containers.length === 0) report(`${pod.path}spec.containers: got none, allowed at least one; add it`);
  for (const container of containers) {
    resourceFaults(container, report);
    imageFaults(context, container, report);
  }
  placementFaults(pod, containers, report);
  podSecurityFaults(pod, containers, report);
}

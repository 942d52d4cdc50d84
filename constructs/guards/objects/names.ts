import { type Report, shown, type Subject } from './subject';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** RBAC names are path segments: `system:` and its like are allowed there only. */
const SEGMENT = /^[^/%]+$/;

interface NameRule {
  readonly pattern: RegExp;
  readonly most: number;
  readonly words: string;
}

const subdomain: NameRule = { pattern: SUBDOMAIN, most: 253, words: 'a DNS subdomain of at most 253 characters' };
const label = (most: number): NameRule => ({
  pattern: LABEL,
  most,
  words: `a DNS label of at most ${most} characters`,
});
const segment: NameRule = { pattern: SEGMENT, most: 253, words: "at most 253 characters without '/' and '%'" };

/**
 * What differs from a DNS subdomain of 253 characters.
 * A CronJob's Jobs get 11 characters more, a ScaledJob's 6, and a Job's name becomes a label of its pods.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ (2026-11-24)
 */
const RULES: Readonly<Record<string, NameRule>> = {
  Namespace: label(63),
  Service: label(63),
  Job: label(63),
  StatefulSet: label(52),
  CronJob: label(52),
  ScaledJob: label(57),
  LocalQueue: label(63),
  Role: segment,
  RoleBinding: segment,
  ClusterRole: segment,
  ClusterRoleBinding: segment,
};

/** Names that the API server accepts, for the object itself and for what is made of it. */
export function nameFaults(subject: Subject, report: Report): void {
  const rule = RULES[subject.kind] ?? subdomain;
  if (subject.name.length > rule.most || !rule.pattern.test(subject.name)) {
    report(`metadata.name: got ${shown(subject.name)}, allowed ${rule.words}; make the name in schema/names.ts`);
  }
  if (subject.namespace !== undefined && (subject.namespace.length > 63 || !LABEL.test(subject.namespace))) {
    report(
      `metadata.namespace: got ${shown(subject.namespace)}, allowed a DNS label of at most 63 characters; rename it`,
    );
  }
}

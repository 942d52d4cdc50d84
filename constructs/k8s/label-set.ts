import type { Environment } from '../../schema/model';
import { labels } from '../../schema/names';

/** Who answers for an object: the platform team, one tenant or one research team. */
export type Owner = 'platform' | `tenant/${string}` | `team/${string}`;

export interface LabelSetProps {
  readonly env: Pick<Environment, 'name'>;
  /** The application or object family, such as 'karpenter' or 'pipeline-video'; a label value. */
  readonly name: string;
  readonly owner: Owner;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set (2026-11-24) */
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

function checked(path: string, value: string): string {
  if (LABEL_VALUE.test(value)) return value;
  throw new Error(
    `${path}: got '${value}', allowed 1 to 63 letters, digits, '-', '_' and '.' that begin and end with a letter or digit; shorten it`,
  );
}

/**
 * The labels that every object has. A label value has no slash, so owner `tenant/acme` reads `tenant-acme`, and the id
 * stands by itself under `atoll.dev/tenant` (or `atoll.dev/team`), which selectors use.
 */
export function labelSet(props: LabelSetProps): Readonly<Record<string, string>> {
  const [kind, id] = props.owner.split('/');
  const set: Record<string, string> = {
    [labels.name]: checked('labelSet.name', props.name),
    [labels.partOf]: 'atoll',
    [labels.managedBy]: 'flux',
    [labels.environment]: checked('labelSet.env', props.env.name),
    [labels.owner]: checked('labelSet.owner', props.owner.replace('/', '-')),
  };
  if (kind === 'tenant') set[labels.tenant] = checked('labelSet.owner', id ?? '');
  if (kind === 'team') set[labels.team] = checked('labelSet.owner', id ?? '');
  return set;
}

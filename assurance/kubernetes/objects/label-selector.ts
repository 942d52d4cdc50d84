import type { Labels, Reader } from './kubernetes-object';

type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A label selector. Without a demand it selects everything. */
export interface LabelSelector {
  readonly demands: readonly {
    readonly key: string;
    readonly operator: Operator;
    readonly values: readonly string[];
  }[];
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors (2026-11-25) */
export function labelSelector(reader: Reader): LabelSelector {
  reader.only('matchLabels', 'matchExpressions');
  const labels = Object.entries(reader.labels('matchLabels'));
  return {
    demands: [
      ...labels.map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })),
      ...reader.objects('matchExpressions').map((each) => {
        each.only('key', 'operator', 'values');
        const operator = each.text('operator');
        if (!OPERATORS.includes(operator)) throw each.wrong('operator', OPERATORS.join(', '));
        return { key: each.text('key'), operator: operator as Operator, values: each.texts('values') };
      }),
    ],
  };
}

/** Whether the selector takes something with these labels. `NotIn` takes what has no such label at all. */
export function selects({ demands }: LabelSelector, labels: Labels): boolean {
  return demands.every(({ key, operator, values }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
    }
  });
}

/** Labels of which only some are known: whoever makes the pod chooses the others. A value that is undefined is known to be absent. */
export type Pinned = Readonly<Record<string, string | undefined>>;

/** Whether the selector may take something of which these labels are known. */
export const maySelect = ({ demands }: LabelSelector, pinned: Pinned): boolean =>
  demands.every((demand) => !(demand.key in pinned) || selects({ demands: [demand] }, known(pinned)));

/** Whether it takes it whatever the other labels are. */
export const mustSelect = ({ demands }: LabelSelector, pinned: Pinned): boolean =>
  demands.every((demand) => demand.key in pinned && selects({ demands: [demand] }, known(pinned)));

const known = (pinned: Pinned): Labels =>
  Object.fromEntries(Object.entries(pinned).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

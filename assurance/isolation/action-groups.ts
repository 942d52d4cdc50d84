import type { ActionOn } from '../iam/knowledge';
import type { Policy } from '../iam/policy';
import { coversAction } from '../iam/statement-applies';

/** Actions that no policy tells apart: one question stands for all of them. */
export interface ActionGroup {
  /** The one that is asked about. */
  readonly first: string;
  readonly actions: readonly string[];
}

/**
 * Groups actions by the statements that speak of them. An action matters to a decision by nothing else: its resource's type and its service
 * are the same throughout.
 */
export function actionGroups(
  actions: readonly ActionOn[],
  policies: readonly Policy[],
  apart: (action: string) => string = () => '',
): ActionGroup[] {
  const statements = policies.flatMap((policy) => policy.statements);
  const groups = new Map<string, string[]>();
  for (const { action } of actions) {
    const lower = action.toLowerCase();
    const key = statements.map((statement) => (coversAction(statement, lower) ? '1' : '0')).join('') + apart(action);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [action]);
    else group.push(action);
  }
  return [...groups.values()].map((all) => ({ first: all[0] ?? '', actions: all }));
}

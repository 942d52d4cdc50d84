import type { ActionOn, Knowledge } from './knowledge';
import type { Statement } from './policy';
import { coversAction } from './statement-applies';
import type { Resource, Role, World } from './world';

/** Actions that no policy tells apart: what is proven of the first of them is proven of all. */
export interface ActionGroup {
  /** Type of resource, such as `object`. */
  readonly type: string;
  readonly actions: readonly string[];
}

/**
 * The actions on a resource, grouped by the statements that speak of them: those of the resource's own policies, of the given roles,
 * of the endpoints and of the organisation. A query for the first action of a group stands for the others, as long as the principals
 * of the queries are among the roles or have no policies of their own, and the keys are `any`.
 */
export function actionGroups(
  world: World,
  knowledge: Knowledge,
  resource: Resource,
  roles: readonly Role[],
): ActionGroup[] {
  const rails = [...(world.guardRails?.scps ?? []), ...(world.guardRails?.rcps ?? [])].flat();
  const policies = [
    ...resource.policies,
    ...roles.flatMap(({ policies: own, boundary }) => (boundary === undefined ? own : [...own, boundary])),
    ...world.endpoints.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
    ...rails,
  ];
  const statements = policies.flatMap(({ statements: all }) => all);
  const groups = new Map<string, { readonly type: string; readonly actions: string[] }>();
  for (const one of knowledge.actionsOn(resource.kind)) {
    const key = signature(one, statements);
    const group = groups.get(key) ?? { type: one.type, actions: [] };
    group.actions.push(one.action);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The service is part of it: endpoints and an organisation's policies are for some services only. */
function signature({ action, type }: ActionOn, statements: readonly Statement[]): string {
  const lower = action.toLowerCase();
  const [service = ''] = lower.split(':');
  return `${service} ${type} ${statements.flatMap((one, i) => (coversAction(one, lower) ? [i] : [])).join(' ')}`;
}

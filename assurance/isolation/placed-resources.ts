import type { FindingKind } from '../finding';
import type { PlacedResource, Rule } from './property-rules';
import type { Asking } from './spot';

/** The resources of a type, of the stacks of the platform and of the tenants that stand for all. */
export const resourcesOfType = ({ stacks }: Pick<Asking, 'stacks'>, type: string): PlacedResource[] =>
  stacks.flatMap((stack) =>
    Object.entries(stack.template().Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ stack, id, resource })),
  );

export const whereOf = ({ stack, id }: PlacedResource): string => `${stack.name}/${id}`;

/** Asks whether a resource's properties are what they may be. */
export function askRule({ findings }: Pick<Asking, 'findings'>, one: PlacedResource, rule: Rule): void {
  for (const message of rule(one.resource.Properties ?? {}, ''))
    findings.push({ proof: 'isolation', kind: 'open', subject: whereOf(one), message });
}

/**
 * The one resource of a type that a stack must have, and no other of it.
 * @returns undefined where it is not there, or not alone: that is found
 */
export function onlyOne(
  asking: Pick<Asking, 'findings' | 'env' | 'stacks'>,
  stackId: string,
  type: string,
  of: readonly PlacedResource[] = resourcesOfType(asking, type).filter(({ stack }) => stack.id === stackId),
): PlacedResource | undefined {
  const note = (kind: FindingKind, subject: string, message: string): void => {
    asking.findings.push({ proof: 'isolation', kind, subject, message });
  };
  if (of.length === 0) note('closed', `${asking.env.name}-${stackId}`, `got no ${type}, allowed one: it is declared`);
  for (const more of of.slice(1)) note('open', whereOf(more), `got one more ${type}, allowed one`);
  return of[0];
}

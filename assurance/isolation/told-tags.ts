import { isVariable } from '../iam/pattern';
import type { Policy, Statement } from '../iam/policy';
import type { World } from '../iam/world';

const TAG = /^[a-z0-9-]+:(?:principal|resource|request|existingobject)tag\/(.+)$/;

/**
 * Whether a policy of a world may look at a tag of a role or a resource, by its key: what none looks at decides nothing. Keys without a colon are
 * those of sessions too, which declared ways name.
 */
export function toldTags(world: World, beside: readonly Policy[]): (tag: string) => boolean {
  const policies = [
    ...beside,
    ...[...world.resources.values()].flatMap((resource) => resource.policies),
    ...[...world.roles.values()].flatMap(({ policies: own, boundary, trust }) =>
      boundary === undefined ? [...own, trust] : [...own, boundary, trust],
    ),
  ];
  const keys = new Set(policies.flatMap(({ statements }) => statements.flatMap(keysOf)));
  const tags = new Set([...keys].flatMap((key) => TAG.exec(key.toLowerCase())?.[1] ?? []));
  return (tag) => !tag.includes(':') || tags.has(tag.toLowerCase());
}

/** Context keys that a statement looks at, by conditions and by variables. */
function keysOf({ conditions, resources }: Statement): string[] {
  const patterns = [
    ...(resources?.entries ?? []),
    ...conditions.flatMap(({ values }) => (values.as === 'patterns' ? values.patterns : [])),
  ];
  const variables = patterns.flatMap(({ units }) => units.filter(isVariable)).map(({ variable }) => variable);
  return [...conditions.map(({ key }) => key), ...variables];
}

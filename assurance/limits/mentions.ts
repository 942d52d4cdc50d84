import type { Environment } from '../../schema/model';
import { catalogueNames } from '../../schema/access-names';
import { tenantNames } from '../../schema/names';

/** Tells which tenants a text names, by the names of their buckets, roles, namespaces and databases. */
export type Mentions = (text: string) => ReadonlySet<string>;

/** @param ids of tenants */
export function mentionsOf(environment: Environment, ids: readonly string[]): Mentions {
  const known = new Set(ids);
  const heads = [
    tenantNames.role(environment, ''),
    tenantNames.bucket(environment, '|').split('|')[0] ?? '',
    catalogueNames.database(environment, '|', 'text').split('|')[0] ?? '',
    tenantNames.namespace(''),
    tenantNames.logGroup(environment, ''),
  ];
  const pattern = new RegExp(`(?:${heads.join('|')})([a-z0-9_-]+)`, 'g');
  return (text) => {
    const found = new Set<string>();
    for (const [, tail = ''] of text.matchAll(pattern)) {
      const id = longest(tail.replaceAll('_', '-'), known);
      if (id !== undefined) found.add(id);
    }
    return found;
  };
}

/** The longest id with which a name begins, and ends there or goes on after a hyphen. */
function longest(name: string, known: ReadonlySet<string>): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('-', end - 1)) {
    const start = name.slice(0, end);
    if (known.has(start)) return start;
  }
  return undefined;
}

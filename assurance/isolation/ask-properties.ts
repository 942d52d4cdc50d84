import type { Resource } from '../iam/world';
import { at, isValues, shown, type Values } from '../output/values';
import type { Asking } from './spot';

/** What is below each path has this value. */
export function askPaths(asking: Asking, resource: Resource, from: unknown, wanted: Values): void {
  for (const [path, value] of Object.entries(wanted)) {
    const got = at(from, path);
    if (got !== value) noteSetting(asking, resource, `${path}: got ${shown(got)}, allowed ${shown(value)}`);
  }
}

/** There are no fields but these: what a field that nobody looked at does is not known. */
export function askKnown(asking: Asking, resource: Resource, from: unknown, known: readonly string[]): void {
  for (const name of Object.keys(isValues(from) ? from : {}).filter((one) => !known.includes(one)))
    noteSetting(asking, resource, `${name}: got one, allowed ${known.join(', ')}`);
}

/** Notes a setting by which something would be open. */
export function noteSetting(asking: Asking, { where }: Pick<Resource, 'where'>, message: string): void {
  asking.findings.push({ proof: 'isolation', kind: 'open', subject: where, message });
}

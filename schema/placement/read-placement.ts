import { join } from 'node:path';
import { shownFolder } from '../environment-folder';
import { pathText, type Fault } from '../faults';
import { lineOfKey, lockFilePath, readLockFile } from '../lock-file';
import type { Environment } from '../model';
import { isThere } from '../read-entry';
import { placeModels } from './place';
import {
  NO_PLACEMENTS,
  PLACEMENT_FILE,
  placementRecordSchema,
  placementRecordText,
  type PlacementRecord,
} from './placement-record';

const FILE = {
  name: PLACEMENT_FILE,
  schema: placementRecordSchema,
  empty: NO_PLACEMENTS,
  text: placementRecordText,
};
/** What a fault of the record asks for: nobody writes it by hand. */
const remedy = (folder: string): string =>
  `run npx atoll placement lock -e ${shownFolder(folder).split('/').at(-1) ?? ''}`;

/**
 * Reads the record of an environment's folder and reports what is wrong with its form. Where it cannot be read nothing is placed anew: every
 * model would move.
 * @returns undefined where it has a fault; an empty record where there is no file
 */
export function readPlacement(folder: string, faults: Fault[]): PlacementRecord | undefined {
  const restore = `restore the file as it was committed last, then ${remedy(folder)}`;
  return readLockFile(FILE, folder, restore, faults);
}

/**
 * Reports every model that the record does not place, or places where it cannot lie, every one for which there is no place at all, and what
 * the record says of models that nobody wants there.
 * @param environment a whole environment without other faults: a catalogue that is wrong would accuse a record that is right
 */
export function checkPlacement(environment: Environment, folder: string, faults: Fault[]): void {
  const { placement: record } = environment;
  // Of a file that is not there, no line is.
  const text = isThere(join(folder, PLACEMENT_FILE)) ? placementRecordText(record) : undefined;
  const placed = placeModels(environment, record);
  const add = (at: readonly string[], got: string, allowed: string, what: string): void => {
    const line = text === undefined ? {} : { line: lineOfKey(text, at) };
    faults.push({
      file: lockFilePath(PLACEMENT_FILE, folder),
      ...line,
      path: pathText(at),
      got,
      allowed,
      remedy: what,
    });
  };
  for (const { model, tenant, from, why, to } of placed.unrecorded)
    if (to !== undefined)
      add(
        pathOf(model, tenant),
        from === undefined ? 'nothing' : `'${from}'`,
        why ?? `allowed '${to}', the first server with room`,
        remedy(folder),
      );
  for (const { model, tenant, refusal } of placed.unplaced) {
    const { pool, limit, value, because } = refusal;
    if (limit === 'maxServers')
      add(
        pathOf(model, tenant),
        'no server with room',
        `at most ${value} servers of pool '${pool}'${because === undefined ? '' : `, which are short of ${because}`}`,
        'raise its maxServers',
      );
    else
      add(
        pathOf(model, tenant),
        'no server with room',
        `at most ${value} MiB on a server of pool '${pool}'`,
        'lower its memory',
      );
  }
  const known = new Set([
    ...entriesOf(placed.record).map(([at]) => pathText(at)),
    ...placed.unplaced.map(({ model, tenant }) => pathText(pathOf(model, tenant))),
  ]);
  for (const [at, server] of entriesOf(record))
    if (!known.has(pathText(at)))
      add(at, `'${server}'`, 'allowed models that have a place in the environment', remedy(folder));
}

const pathOf = (model: string, tenant: string | undefined): string[] =>
  tenant === undefined ? ['common', model] : ['tenants', tenant, model];

function entriesOf({ common, tenants }: PlacementRecord): [path: string[], server: string][] {
  return [
    ...Object.entries(common).map(([model, server]): [string[], string] => [pathOf(model, undefined), server]),
    ...Object.entries(tenants).flatMap(([tenant, own]) =>
      Object.entries(own).map(([model, server]): [string[], string] => [pathOf(model, tenant), server]),
    ),
  ];
}

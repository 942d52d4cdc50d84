import type { Reference } from './references';
import { ALL_ROOMS, COMPUTED, ENTRY_POINTS, roomOf, withoutExtension } from './rooms';

/** What is wrong with one thing that a file names, each in a line; nothing where the table allows it. */
export function wrongArrow(file: string, { kind, target }: Reference): string[] {
  const room = roomOf(file);
  const rules = room === undefined ? undefined : ALL_ROOMS[room];
  if (rules === undefined) return [`${file} is in no room of the table`];
  if (kind === 'computed') {
    return `${file}: ${target}` in COMPUTED ? [] : [`${file} loads ${target}, which constants do not tell`];
  }
  if (kind === 'package') {
    return rules.packages?.includes(target) === false ? [`${file} imports the package ${target}`] : [];
  }
  const verb = kind === 'path' ? 'names' : 'imports';
  if (target.startsWith('..') || target.startsWith('/')) return [`${file} ${verb} ${target}, outside of the checkout`];
  if (kind === 'module' && hasEffects(target)) {
    return isStarter(file, target) ? [] : [`${file} imports the entry point ${target}`];
  }
  const targetRoom = roomOf(target);
  if (targetRoom === room || (targetRoom === 'environments' && file in ENTRY_POINTS)) return [];
  const { imports, names = [] } = rules;
  const allowed =
    kind === 'path'
      ? names === 'any' || [...imports, ...names].includes(targetRoom ?? '')
      : imports.includes(targetRoom ?? '');
  return allowed ? [] : [`${file} ${verb} ${target === '' ? 'the root of the checkout' : target}`];
}

/** Entry points, and test files: importing one runs its tests. */
function hasEffects(target: string): boolean {
  const path = withoutExtension(target);
  return path.endsWith('.test') || Object.keys(ENTRY_POINTS).some((entry) => withoutExtension(entry) === path);
}

function isStarter(file: string, target: string): boolean {
  return Object.entries(ENTRY_POINTS).some(
    ([entry, starter]) => starter === file && withoutExtension(entry) === withoutExtension(target),
  );
}

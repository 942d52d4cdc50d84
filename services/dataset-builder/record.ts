import type { Recipe } from '../../schema/recipe';
import { BUCKET_PREFIXES, type DataClass } from '../../schema/vocabulary';
import type { Entry } from './draw';

/** What a dataset looks at of a pipeline's record: never its text. */
export interface RecordedObject extends Entry {
  readonly seconds: number | undefined;
  readonly language: string | undefined;
}

/**
 * Reads one line of a pipeline's records (`RECORD_COLUMNS` of `schema/records.ts`).
 * @returns undefined where it is none, or names an object that is not a raw one of its class
 */
export function recordOf(line: string, tenant: string, dataClass: DataClass): RecordedObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const {
    object_key: key,
    object_version: version,
    bytes,
    duration_seconds: seconds,
    language,
  } = value as Readonly<Record<string, unknown>>;
  if (typeof key !== 'string' || !key.startsWith(`${BUCKET_PREFIXES.raw}${dataClass}/`)) return undefined;
  if (typeof version !== 'string' || version === '') return undefined;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return undefined;
  return {
    tenant,
    key,
    version,
    bytes,
    seconds: typeof seconds === 'number' ? seconds : undefined,
    language: typeof language === 'string' ? language : undefined,
  };
}

/** Whether the recipe's filters let a record through. What is not known of it is let through by no filter that asks for it. */
export function passes({ seconds, language }: RecordedObject, { filters }: Pick<Recipe, 'filters'>): boolean {
  const { minSeconds, maxSeconds, languages } = filters;
  if (minSeconds !== undefined && !(seconds !== undefined && seconds >= minSeconds)) return false;
  if (maxSeconds !== undefined && !(seconds !== undefined && seconds <= maxSeconds)) return false;
  if (languages === undefined) return true;
  const spoken = language?.toLowerCase();
  return (
    spoken !== undefined &&
    languages.some((wanted) => spoken === wanted.toLowerCase() || spoken.startsWith(`${wanted.toLowerCase()}-`))
  );
}

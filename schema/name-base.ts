import type { Environment } from './model';

/**
 * Every name that two rooms must agree on. Stacks and charts meet at names, never at tokens or exports; so a name is made in
 * `names.ts`, `access-names.ts` and `audit-names.ts` only, and changing one of their functions renames or replaces things that hold data.
 */
export type Env = Pick<Environment, 'name' | 'region' | 'accounts'>;

/** Begins every name in AWS. */
export const PREFIX = 'atoll';
/** Begins every name of one environment in AWS. */
export const base = (env: Env): string => `${PREFIX}-${env.name}`;

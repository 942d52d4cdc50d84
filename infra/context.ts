import { alternatives, meant, show } from '../schema/faults';

/** What `-c` may name for this app. */
export interface AppContext {
  /** Name of the environment. */
  readonly env?: string;
  /** Id of the one tenant to synthesize. @default - the whole environment */
  readonly tenant?: string;
}

const KEYS = ['env', 'tenant'] as const satisfies readonly (keyof AppContext)[];

/** Keys of the CDK itself: the CLI's (`aws:cdk:…`), feature flags (`@aws-cdk/…`), and cached look-ups, of which we have none. */
const CDK_KEY = /[:/]/;

/**
 * Keys that the CDK CLI writes into `cdk.context.json` by itself: `cdk cli-telemetry` and `cdk acknowledge`
 * (`node_modules/aws-cdk/lib/index.js`, every `context.set`; aws-cdk 2.1148.1, 2026-11-25).
 */
const CLI_KEYS: readonly string[] = ['cli-telemetry', 'acknowledged-issue-numbers'];

/**
 * The app's part of the context that the CDK CLI passes. A mistyped key would be passed over in silence, and synthesize all of an
 * environment where one tenant was meant.
 * @throws Error naming every key that is not one of ours
 */
export function appContext(context: Readonly<Record<string, unknown>>): AppContext {
  const known: readonly string[] = KEYS;
  const faults = Object.entries(context)
    .filter(([key]) => !known.includes(key) && !CLI_KEYS.includes(key) && !CDK_KEY.test(key))
    .map(
      ([key, value]) =>
        `-c ${key}: got ${show(value)}, allowed ${alternatives(KEYS)}; ${meant(key, KEYS, 'remove it')}`,
    );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const own = KEYS.flatMap((key) => {
    const value = context[key];
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
  return Object.fromEntries(own);
}

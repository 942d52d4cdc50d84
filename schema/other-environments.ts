import { show } from './faults';
import { ACCOUNTS, CLUSTERS, type AccountName, type ClusterName } from './vocabulary';

/** What an environment has to know of another one: what both must not have. */
export interface EnvironmentSummary {
  /** Name of its folder. */
  readonly environment: string;
  /** IPv4 blocks of its VPCs, those that are texts. */
  readonly network: Readonly<Partial<Record<ClusterName, string>>>;
  /** Ids of its accounts, those that are texts. */
  readonly accounts: Readonly<Partial<Record<AccountName, string>>>;
}

/**
 * The summaries of environments from the fields of their `index.ts`, by the names of their folders. The fields may be as faulty as
 * they like: what cannot be read of one environment is left out, and is no reason to refuse another.
 */
export function summariesOf(inputs: Readonly<Record<string, unknown>>): EnvironmentSummary[] {
  return Object.entries(inputs).map(([environment, input]) => ({
    environment,
    network: textsOf(fieldOf(input, 'network'), CLUSTERS),
    accounts: textsOf(fieldOf(input, 'accounts'), ACCOUNTS),
  }));
}

/** Every VPC's block of the environments, and whose it is, as a fault says it. */
export function vpcsOf(
  environments: readonly EnvironmentSummary[],
): { readonly cidr: string; readonly whose: string }[] {
  return environments.flatMap(({ environment, network }) =>
    CLUSTERS.flatMap((cluster) => {
      const cidr = network[cluster];
      return cidr === undefined ? [] : [{ cidr, whose: `${cluster} of environment ${show(environment)}` }];
    }),
  );
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function textsOf<K extends string>(value: unknown, keys: readonly K[]): Partial<Record<K, string>> {
  const texts: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const text = fieldOf(value, key);
    if (typeof text === 'string') texts[key] = text;
  }
  return texts;
}

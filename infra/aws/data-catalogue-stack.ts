import { Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Catalogue } from '../../constructs/aws/data-access/catalogue';
import { type GrantScope, grantScope } from '../../constructs/aws/data-access/grant-scope';
import type { Environment } from '../../schema/model';

export interface DataCatalogueStackProps {
  readonly env: Environment;
  readonly stackEnv: Required<StackEnvironment>;
}

/**
 * `research-data-catalogue`: a Glue database for every tenant and class that a grant opens, whichever grants do. A stack of its own, since
 * 500 resources of a template are 250 of these and grants need theirs.
 */
export class DataCatalogueStack extends Stack {
  constructor(scope: Construct, id: string, props: DataCatalogueStackProps) {
    const { env } = props;
    super(scope, id, { env: props.stackEnv, description: `Catalogue of granted data of ${env.name}` });
    for (const [name, pair] of grantedClasses(env)) new Catalogue(this, name, { env, ...pair });
  }
}

/** The tenants and classes that some grant opens now, each once, by a name of the pair. */
export function grantedClasses(env: Environment): (readonly [string, GrantScope['classes'][number]])[] {
  const granted = env.grants.flatMap((grant) => grantScope(env, grant).classes);
  const byName = new Map(granted.map((pair) => [`${pair.tenant}-${pair.dataClass}`, pair]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

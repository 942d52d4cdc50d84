import type { CfnTag } from 'aws-cdk-lib';
import { catalogueNames, grantNames, teamStoreNames } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import { endOfGrant, type Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { tags, tenantNames } from '../../../schema/names';
import { openSources } from '../../../schema/open-sources';
import type { Corpus, RelationalSource } from '../../../schema/source';
import type { DataClass } from '../../../schema/vocabulary';
import { grantPrefixes } from '../tenant/grant-statements';

/** What every policy and resource of one grant is derived from: plain strings. */
export interface GrantScope {
  readonly env: Environment;
  readonly grant: Grant;
  /** The research account, where its roles are. */
  readonly account: string;
  readonly region: string;
  /** When it ends, as `aws:CurrentTime` is written. */
  readonly end: string;
  /** Ids of the tenants that it opens now: suspended ones open again when they are active. */
  readonly tenants: readonly string[];
  /** Pairs that have a Glue database. */
  readonly classes: readonly { readonly tenant: string; readonly dataClass: DataClass }[];
  readonly bucketArns: readonly string[];
  /** Objects that it may read, as ARN patterns. */
  readonly objectArns: readonly string[];
  /** Prefixes that it may read and list, each ending with a slash. */
  readonly prefixes: readonly string[];
  readonly keyAliases: readonly string[];
  readonly corpora: readonly Corpus[];
  /** Those that are open now. */
  readonly relational: readonly RelationalSource[];
  /** Glue databases of its tenants' classes, and of its corpora that have a table. */
  readonly databases: readonly string[];
  /** ARN of the team's bucket. */
  readonly storeArn: string;
  readonly storeKeyAlias: string;
  readonly workGroupArn: string;
  readonly tags: CfnTag[];
}

export function grantScope(env: Environment, grant: Grant): GrantScope {
  const active = new Set(env.tenants.filter((tenant) => tenant.state === 'active').map((tenant) => tenant.id));
  const tenants = grant.tenants.filter((id) => active.has(id));
  const prefixes = grantPrefixes(grant.classes);
  const bucketArns = tenants.map((id) => arn.bucket(tenantNames.bucket(env, id)));
  const { corpora, relational } = openSources(env, grant);
  const tables = corpora.filter(({ table }) => table !== undefined);
  const classes = tenants.flatMap((tenant) => grant.classes.map((dataClass) => ({ tenant, dataClass })));
  return {
    env,
    grant,
    account: env.accounts.research,
    region: env.region,
    end: endOfGrant(grant),
    tenants,
    classes,
    bucketArns,
    objectArns: bucketArns.flatMap((bucket) => prefixes.map((prefix) => `${bucket}/${prefix}*`)),
    prefixes,
    keyAliases: tenants.map((id) => tenantNames.keyAlias(env, id)),
    corpora,
    relational,
    databases: [
      ...classes.map(({ tenant, dataClass }) => catalogueNames.database(env, tenant, dataClass)),
      ...tables.map(({ id }) => catalogueNames.corpusDatabase(env, id)),
    ],
    storeArn: teamStoreNames.bucketArn(env, grant.team),
    storeKeyAlias: teamStoreNames.keyAlias(env, grant.team),
    workGroupArn: arn.workGroup(env, 'research', grantNames.workGroup(env, grant.id)),
    tags: [
      { key: tags.environment, value: env.name },
      { key: tags.grant, value: grant.id },
      { key: tags.owner, value: `team/${grant.team}` },
      { key: tags.room, value: 'data-access' },
      { key: tags.team, value: grant.team },
    ],
  };
}

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DatasetScope } from '../../schema/dataset-scope';
import { byteLimitOf, type Recipe } from '../../schema/recipe';
import type { DataClass } from '../../schema/vocabulary';
import { Draw } from './draw';
import { encoded, type Manifest, manifestOf } from './manifest';
import { EXIT, Refusal, requireLive } from './refusal';
import { answerOf, kindOf } from './s3-errors';
import { listRaw, listRecords, type Seen } from './sources';

export interface BuildOptions {
  readonly client: S3Client;
  readonly scope: DatasetScope;
  readonly recipe: Recipe;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Told of counts: they are evidence, so that nothing else is said. */
  readonly report: (line: Readonly<Record<string, string | number>>) => void;
}

export interface Built {
  readonly manifest: Manifest;
  /** Under which it lies in the grant's folder of the team's store. */
  readonly path: string;
}

/**
 * Builds a dataset: lists what the recipe asks for, draws, and writes the manifest. No object is copied, and no raw one is read.
 * @throws Refusal where the grant has ended, a tenant is closed, or nothing matches
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { scope, recipe, now, report } = options;
  requireLive(scope, now());
  const draw = new Draw(recipe.sample, recipe.seed);
  const unreadable = await listAll(options, draw);
  const drawn = draw.within(byteLimitOf(recipe));
  if (drawn.length === 0)
    throw new Refusal(
      EXIT.empty,
      `recipe: got no object of '${recipe.name}' within its days, filters and maxGiB, allowed at least 1; widen it`,
    );
  const manifest = manifestOf(recipe, scope, drawn);
  requireLive(scope, now());
  const path = await write(options, manifest);
  report({ event: 'written', objects: manifest.totals.objects, bytes: manifest.totals.bytes, unreadable });
  return { manifest, path };
}

/**
 * Lists every tenant and class of the recipe, one after the other: what they are drawn into is one.
 * @returns how many lines were no record
 * @throws Refusal naming every tenant that is closed, once all have been asked
 */
async function listAll(options: BuildOptions, draw: Draw): Promise<number> {
  const { scope, recipe } = options;
  const wanted = recipe.tenants;
  const tenants = scope.tenants.filter(({ id }) => wanted === undefined || wanted.includes(id));
  const closed: string[] = [];
  let unreadable = 0;
  for (const tenant of tenants) {
    for (const dataClass of recipe.classes) {
      const seen = await listOne(options, draw, tenant, dataClass);
      if (seen === undefined) {
        closed.push(tenant.id);
        break;
      }
      unreadable += seen.unreadable;
    }
  }
  if (closed.length > 0)
    throw new Refusal(
      EXIT.closed,
      `tenants: got no access to ${closed.map((id) => `'${id}'`).join(', ')}, allowed tenants that are active and not being erased; ` +
        'take them out of the recipe, or wait until they are open',
    );
  return unreadable;
}

async function listOne(
  { client, scope, recipe, signal, report }: BuildOptions,
  draw: Draw,
  tenant: DatasetScope['tenants'][number],
  dataClass: DataClass,
): Promise<Seen | undefined> {
  const take = draw.offer.bind(draw);
  const list = recipe.origin === 'raw' ? listRaw : listRecords;
  try {
    const seen = await list({ client, scope, recipe, tenant, dataClass, signal, take });
    report({ event: 'listed', tenant: tenant.id, class: dataClass, ...seen });
    return seen;
  } catch (error) {
    if (signal.aborted) throw error;
    if (answerOf(error) === 'closed') return undefined;
    throw new Refusal(
      EXIT.fault,
      `tenants: got ${kindOf(error)} while ${dataClass} of '${tenant.id}' was listed, allowed an answer of S3; run it again`,
    );
  }
}

/** The store's own encryption by default: a header that named a key would be refused. The same dataset is there already, and stays. */
async function write({ client, scope, recipe, signal }: BuildOptions, manifest: Manifest): Promise<string> {
  const { bytes, hash } = encoded(manifest);
  const path = `${recipe.name}/${hash}.json`;
  const { bucket, account, prefix } = scope.store;
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        ExpectedBucketOwner: account,
        Key: `${prefix}${path}`,
        Body: bytes,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      }),
      { abortSignal: signal },
    );
  } catch (error) {
    const answer = answerOf(error);
    if (answer === 'there') return path;
    if (signal.aborted) throw error;
    const closed = answer === 'closed';
    throw new Refusal(
      closed ? EXIT.closed : EXIT.fault,
      `store: got ${kindOf(error)} while the manifest was written, allowed an answer of S3; ` +
        (closed ? 'ask whether the grant has ended' : 'run it again'),
    );
  }
  return path;
}

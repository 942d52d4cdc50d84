import { join } from 'node:path';
import { type Asset, readAssets } from './assets';
import { jsonOf, objectAt, textOf } from './json-file';
import { UnreadableOutput } from './unreadable';
import { listOf } from './values';

/** One resource of a CloudFormation template, as it was written. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
}

/** One stack of an environment: where it goes and its template, which is parsed when it is asked for. */
export interface Stack {
  /** Id below the environment, such as `tenant-acme` or `research-cluster`. */
  readonly id: string;
  readonly name: string;
  /** Account, 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Path of the template. */
  readonly file: string;
  /** The template's text. @throws UnreadableOutput */
  text(): string;
  /** @throws UnreadableOutput where it is no JSON or no template */
  template(): Template;
  /** What a deploy of it uploads before. @throws UnreadableOutput */
  assets(): readonly Asset[];
  /** Whence CloudFormation takes the template, such as `s3://<bucket>/<key>`. @default - not said */
  readonly templateUrl?: string;
}

interface Artifact {
  readonly type?: unknown;
  readonly environment?: unknown;
  readonly displayName?: unknown;
  readonly dependencies?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * The stacks of an environment's cloud assembly (`dist/cdk/<env>`), in the order of its manifest.
 * @throws UnreadableOutput naming the file, where the assembly is not there, is not whole or has no stack
 */
export function readStacks(assembly: string, env: string): Stack[] {
  const folder = join(assembly, `assembly-${env}`);
  const manifest = join(folder, 'manifest.json');
  const { artifacts } = objectAt(manifest, jsonOf(manifest));
  const all = objectAt(manifest, artifacts) as Readonly<Record<string, Artifact>>;
  const stacks = Object.entries(all).flatMap(([id, value]) => {
    const artifact = objectAt(`${manifest}: ${id}`, value) as Artifact;
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    return [{ ...stackOf(folder, `${manifest}: ${id}`, artifact, env), ...uploadsOf(folder, all, artifact) }];
  });
  if (stacks.length === 0)
    throw new UnreadableOutput([`${manifest}: got no stack, allowed at least one; run the synth again`]);
  return stacks;
}

/** The lists of assets that a stack depends on say what is uploaded, and where to. */
function uploadsOf(
  folder: string,
  all: Readonly<Record<string, Artifact>>,
  { dependencies, properties = {} }: Artifact,
): Pick<Stack, 'assets' | 'templateUrl'> {
  const files = listOf(dependencies).flatMap((id) => {
    const { type, properties: { file } = {} } = all[String(id)] ?? {};
    return type === 'cdk:asset-manifest' ? [join(folder, String(file))] : [];
  });
  const { stackTemplateAssetObjectUrl: url } = properties;
  let assets: readonly Asset[] | undefined;
  return {
    assets: () => (assets ??= files.flatMap((file) => readAssets(folder, file))),
    ...(typeof url === 'string' ? { templateUrl: url } : {}),
  };
}

function stackOf(folder: string, where: string, artifact: Artifact, env: string): Omit<Stack, 'assets'> {
  const { displayName, environment, properties = {} } = artifact;
  const place = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(String(environment));
  const { templateFile, stackName } = properties;
  if (place === null || typeof templateFile !== 'string' || typeof stackName !== 'string')
    throw new UnreadableOutput([
      `${where}: got a stack without account, region, name or template; run the synth again`,
    ]);
  const file = join(folder, templateFile);
  const shown = String(displayName);
  let parsed: Template | undefined;
  return {
    id: shown.startsWith(`${env}/`) ? shown.slice(env.length + 1) : shown,
    name: stackName,
    account: place[1] ?? '',
    region: place[2] ?? '',
    file,
    text: () => textOf(file),
    template: () => (parsed ??= templateOf(file)),
  };
}

function templateOf(file: string): Template {
  const value = objectAt(file, jsonOf(file));
  const resources = objectAt(`${file}: Resources`, value['Resources']);
  for (const [id, resource] of Object.entries(resources))
    if (typeof objectAt(`${file}: ${id}`, resource)['Type'] !== 'string')
      throw new UnreadableOutput([`${file}: ${id}: got a resource without a Type; run the synth again`]);
  return value as unknown as Template;
}

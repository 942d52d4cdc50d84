import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf, objectAt } from './json-file';
import { UnreadableOutput } from './unreadable';

/** One file or folder that a deploy uploads. */
export interface Asset {
  /** Path of the file, or of the folder that is zipped. */
  readonly path: string;
  readonly packaging: 'file' | 'zip';
  readonly destinations: readonly AssetDestination[];
  /** Whether something is there. */
  exists(): boolean;
  /** Content of a file. @throws UnreadableOutput */
  bytes(): Buffer;
}

export interface AssetDestination {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The assets that a manifest of the cloud assembly lists.
 * @param folder that their paths start from
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.FileAsset.html (2026-11-26)
 * @throws UnreadableOutput where it is not there, or lists something else than files and folders
 */
export function readAssets(folder: string, manifest: string): Asset[] {
  const { files, dockerImages = {} } = objectAt(manifest, jsonOf(manifest));
  const images = Object.keys(objectAt(`${manifest}: dockerImages`, dockerImages));
  if (images.length > 0) throw new UnreadableOutput([`${manifest}: got the image ${String(images[0])}, allowed files`]);
  return Object.entries(objectAt(`${manifest}: files`, files)).map(([id, value]) => {
    const where = `${manifest}: files.${id}`;
    const { source, destinations } = objectAt(where, value);
    const { path, packaging = 'file', executable } = objectAt(`${where}.source`, source);
    if (typeof path !== 'string' || (packaging !== 'file' && packaging !== 'zip') || executable !== undefined)
      throw new UnreadableOutput([`${where}: got no path of a file or a folder, allowed one; run the synth again`]);
    const file = join(folder, path);
    return {
      path: file,
      packaging,
      destinations: Object.values(objectAt(`${where}.destinations`, destinations)).map((one) =>
        destinationOf(where, one),
      ),
      exists: () => statSync(file, { throwIfNoEntry: false }) !== undefined,
      bytes: () => bytesOf(file),
    };
  });
}

/** The one asset that a deploy uploads there; undefined where there is none, or more than one. */
export function assetAt(assets: readonly Asset[], bucket: string, key: unknown): Asset | undefined {
  const [asset, ...others] = assets.filter(({ destinations }) =>
    destinations.some((one) => one.bucket === bucket && one.key === key),
  );
  return others.length === 0 ? asset : undefined;
}

function destinationOf(where: string, value: unknown): AssetDestination {
  const { bucketName, objectKey } = objectAt(`${where}.destinations`, value);
  return { bucket: String(bucketName), key: String(objectKey) };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UnreadableOutput([`${file}: cannot be read (${code}); run the synth first`]);
  }
}

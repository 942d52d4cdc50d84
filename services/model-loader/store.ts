import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_FILE, MANIFEST_MAX_BYTES, readManifest, type ReleaseManifest } from '../../schema/release-manifest';
import { contentModelName } from '../../schema/router-config';
import { releasePrefix, type ServerModel } from '../../schema/server-config';
import type { Source } from './bucket';
import { LeftOut } from './errors';
import { fetchFile } from './fetch-file';
import { Lanes } from './lanes';
import type { Log } from './log';
import { checkWeights } from './weights';

/** Models and, of each, files that are fetched at once: with their parts at most 256 MiB in memory, which the container has to have. */
const MODELS_AT_ONCE = 4;
const FILES_AT_ONCE = 2;
const UNFINISHED = 'unfinished-';

/** The folder of what was fetched: a folder for each digest, there once all of it is right. */
export class Store {
  private readonly lanes = new Lanes(MODELS_AT_ONCE);

  constructor(
    readonly folder: string,
    private readonly source: Source,
    private readonly log: Log,
  ) {}

  folderOf({ digest }: Pick<ServerModel, 'digest'>): string {
    return join(this.folder, contentModelName(digest));
  }

  /** Whether it was fetched and is right. */
  async has({ digest }: Pick<ServerModel, 'digest'>): Promise<boolean> {
    return (await names(this.folder)).includes(contentModelName(digest));
  }

  /**
   * Fetches a release and checks it; one that is there was checked before.
   * @param rank largest rank of an adapter; of no other form
   * @returns the folder with its files
   * @throws LeftOut; the signal's reason where that fired
   */
  fetch(model: ServerModel, rank?: number): Promise<string> {
    return this.lanes.use(async () => {
      const folder = this.folderOf(model);
      if (await this.has(model)) return folder;
      const begin = Date.now();
      const unfinished = join(this.folder, `${UNFINISHED}${contentModelName(model.digest)}`);
      await mkdir(unfinished, { recursive: true });
      const prefix = releasePrefix(model.type, model.digest);
      const manifest = await this.manifest(model, prefix);
      const files = new Lanes(FILES_AT_ONCE);
      const all = await Promise.allSettled(
        manifest.files.map((file) =>
          files.use(() =>
            fetchFile(
              this.source,
              { bucket: model.bucket, key: prefix + file.path },
              file,
              join(unfinished, file.path),
            ),
          ),
        ),
      );
      for (const one of all) if (one.status === 'rejected') throw one.reason;
      if (!(await checkWeights(unfinished, manifest, rank))) {
        await rm(unfinished, { recursive: true });
        throw new LeftOut('weights');
      }
      await rename(unfinished, folder);
      const bytes = all.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
      this.log('fetched', { ...named(model), bytes, ms: Date.now() - begin });
      return folder;
    });
  }

  /** Deletes what is none of the models. */
  async keepOnly(models: readonly Pick<ServerModel, 'digest'>[]): Promise<void> {
    const kept = models.flatMap(({ digest }) => [contentModelName(digest), `${UNFINISHED}${contentModelName(digest)}`]);
    for (const name of await names(this.folder))
      if (!kept.includes(name)) await rm(join(this.folder, name), { recursive: true, force: true });
  }

  private async manifest(model: ServerModel, prefix: string): Promise<ReleaseManifest> {
    const place = { bucket: model.bucket, key: prefix + MANIFEST_FILE };
    const bytes = await this.source.part(place, 0, MANIFEST_MAX_BYTES + 1);
    if (bytes.length > MANIFEST_MAX_BYTES) throw new LeftOut('size');
    if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== model.digest) throw new LeftOut('damaged');
    const manifest = readManifest(new TextDecoder().decode(bytes), model);
    if (typeof manifest === 'string') throw new LeftOut(manifest);
    return manifest;
  }
}

/** What logs say of a model. */
export const named = (model: ServerModel): Record<string, string> => ({
  type: model.type,
  ...('tenant' in model && model.tenant !== undefined ? { tenant: model.tenant } : {}),
  digest: model.digest,
});

export async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

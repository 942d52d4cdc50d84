import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lets everybody read the files of folders that CDK packs for Lambda. It copies them with the modes of the checkout and packs them
 * with those; under a umask of 077 nobody but their owner could read them, and in Lambda that is not who runs. The name of an asset is
 * a hash of its content alone, so the next deploy from another checkout would not replace it.
 * @param directory a cloud assembly
 * @see https://repost.aws/knowledge-center/lambda-deployment-package-errors (2026-11-25): "Lambda requires global read permissions"
 */
export function openAssets(directory: string): void {
  for (const { name } of readdirSync(directory, { withFileTypes: true }).filter(isPacked)) {
    for (const entry of readdirSync(join(directory, name), { withFileTypes: true, recursive: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile()) chmodSync(file, (statSync(file).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

const isPacked = (entry: { readonly name: string; isDirectory(): boolean }): boolean =>
  entry.isDirectory() && entry.name.startsWith('asset.');

import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FILE_MAX_BYTES } from '../../../schema/pipeline-job';
import type { Bucket } from '../../../services/pipeline-worker/bucket';
import { filesBelow } from '../../../services/pipeline-worker/files';
import { outputsOf, uploadOutputs } from '../../../services/pipeline-worker/outputs';
import { temporaryFolder } from '../../support/temporary';
import { ID } from './sample';

function folderWith(...paths: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  return folder;
}
const outputs = async (folder: string): Promise<string[]> =>
  (await outputsOf(folder, 'text', ID)).map(({ path }) => path);
const faultOf = async (folder: string): Promise<string> =>
  outputs(folder).then(
    () => 'none',
    (error: unknown) => (error as Error).message,
  );

describe('the outputs of a call', () => {
  test('are its files by their path, each with the input’s id', async () => {
    const paths = [`frames/${ID}/0001.jpg`, `records/day=2026-11-25/${ID}.json`, `${ID}.tar.gz`, `${ID}/deep/er`];
    expect(await outputs(folderWith(...paths))).toEqual([...paths].sort());
  });

  test('may be none', async () => {
    expect(await outputs(temporaryFolder())).toEqual([]);
  });

  const other = 'b'.repeat(32);
  test.each<[name: string, path: string, fault: string]>([
    [
      'no id',
      'records/a.json',
      'a path without the id of its input, allowed ATOLL_INPUT_ID as a folder or as the name; mend the stage',
    ],
    [
      'the id in the middle of a name',
      `x-${ID}.json`,
      'a path without the id of its input, allowed ATOLL_INPUT_ID as a folder or as the name; mend the stage',
    ],
    [
      'the id and more as a folder',
      `${ID}.d/a`,
      'a path without the id of its input, allowed ATOLL_INPUT_ID as a folder or as the name; mend the stage',
    ],
    [
      'another id',
      `records/${other}.json`,
      'a path without the id of its input, allowed ATOLL_INPUT_ID as a folder or as the name; mend the stage',
    ],
    [
      'another id too',
      `${ID}/${other}/a`,
      'a path with another id, allowed ATOLL_INPUT_ID alone of what is 32 hexadecimal digits; mend the stage',
    ],
    ['a hidden file', `${ID}/.a`, 'a hidden name or one with a control sign, allowed plain names; mend the stage'],
    ['a hidden folder', `.x/${ID}`, 'a hidden name or one with a control sign, allowed plain names; mend the stage'],
    ['a line end', `${ID}/a\nb`, 'a hidden name or one with a control sign, allowed plain names; mend the stage'],
    [
      'a long key',
      Array.from({ length: 10 }, () => 'a'.repeat(100)).join('/') + `/${ID}`,
      'a longer key, allowed 1024 bytes; shorten the path',
    ],
  ])('are refused with %s', async (_, path, fault) => {
    expect(await faultOf(folderWith(`${ID}/fine`, path))).toBe(`ATOLL_OUTPUT: got ${fault}`);
  });

  test.each<[name: string, make: (path: string) => void]>([
    [
      'a symbolic link',
      (path) => {
        symlinkSync('/etc/passwd', path);
      },
    ],
    [
      'a link to a folder',
      (path) => {
        symlinkSync('/etc', path);
      },
    ],
    [
      'a link to nothing',
      (path) => {
        symlinkSync('nothing', path);
      },
    ],
    [
      'a pipe',
      (path) => {
        execFileSync('mkfifo', [path]);
      },
    ],
  ])('are refused with %s', async (_, make) => {
    const folder = folderWith(`${ID}/fine`);
    make(join(folder, ID, 'x'));
    expect(await faultOf(folder)).toBe(
      'ATOLL_OUTPUT: got a symbolic link or a special file, allowed files and folders; copy what it leads to',
    );
  });

  test('are refused with a file that S3 does not take, and with more bytes or files than the limits', async () => {
    const folder = folderWith(`${ID}/a`, `${ID}/b`);
    await expect(filesBelow(folder, 'X', { files: 1, bytes: 1e6 })).rejects.toThrow(
      'X: got more files, allowed 1; pack them',
    );
    await expect(filesBelow(folder, 'X', { files: 2, bytes: 67 })).rejects.toThrow(
      'X: got more bytes together, allowed 67; write less',
    );
    expect(await filesBelow(folder, 'X', { files: 2, bytes: 68 })).toHaveLength(2);
    truncateSync(join(folder, ID, 'a'), FILE_MAX_BYTES + 1);
    expect(await faultOf(folder)).toBe('ATOLL_OUTPUT: got a file of 5368709121 bytes, allowed 5368709120; split it');
  });

  test('count a hard link as the file that it is', async () => {
    const folder = folderWith(`${ID}/a`);
    linkSync(join(folder, ID, 'a'), join(folder, ID, 'b'));
    expect(await outputs(folder)).toHaveLength(2);
  });

  test('are put with the records last, few at once, and no more after an error', async () => {
    const paths = Array.from({ length: 20 }, (_, i) => `x/${ID}/${i}`);
    const files = await outputsOf(folderWith(`records/${ID}.json`, ...paths), 'text', ID);
    const put: string[] = [];
    let [running, most] = [0, 0];
    const bucket = (failing = ''): Bucket =>
      ({
        upload: async (key: string) => {
          most = Math.max(most, ++running);
          await new Promise(setImmediate);
          running -= 1;
          if (key === failing) throw new Error('no');
          put.push(key);
        },
      }) as unknown as Bucket;
    const signal = new AbortController().signal;
    await uploadOutputs(bucket(), 'text', files, signal);
    expect([put.length, put.at(-1), most]).toEqual([21, `derived/text/records/${ID}.json`, 8]);
    put.length = 0;
    await expect(uploadOutputs(bucket(`derived/text/x/${ID}/0`), 'text', files, signal)).rejects.toThrow('no');
    expect(put).not.toContain(`derived/text/records/${ID}.json`);
    expect(put.length).toBeLessThan(10);
  });
});

import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  KEY_LENGTH,
  SERVER_FILES,
  SERVER_MOUNTS,
  tritonArguments,
  tritonCommand,
  VLLM_ENVIRONMENT,
  vllmArguments,
  vllmCommand,
} from '../../schema/server-pod';
import { run } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

/** Runs Triton's command with a key file, and a program of Triton's name that says its arguments. */
function started(key: string | undefined): { readonly status: number | null; readonly lines: readonly string[] } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'tritonserver'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  if (key !== undefined) writeFileSync(join(folder, 'key'), key);
  const [shell = '', ...rest] = tritonCommand().map((part) => part.replaceAll(SERVER_FILES.key, join(folder, 'key')));
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  const { status, stdout } = run(shell, [...rest, ...tritonArguments()], { cwd: folder, env });
  return { status, lines: stdout.split('\n').filter((line) => line !== '') };
}

test("Triton is started with its arguments, and all of its APIs but health and inference behind the loader's key", () => {
  const key = '0123456789abcdef'.repeat(4);
  const { status, lines } = started(key);
  expect(status).toBe(0);
  expect(lines.slice(0, -1)).toEqual(tritonArguments());
  expect(lines.at(-1)).toBe(
    `--http-restricted-api=metadata,shared-memory,model-config,model-repository,statistics,trace,logging:atoll-loader-key=${key}`,
  );
});

test.each([
  ['there is no key', undefined],
  ['the key is empty', ''],
  ['the key is a part of one', '0'.repeat(KEY_LENGTH - 1)],
])('Triton is not started where %s', (_what, key) => {
  const { status, lines } = started(key);
  expect(status).not.toBe(0);
  expect(lines).toEqual([]);
});

test('Triton has one door, and loads nothing by itself', () => {
  const has = (argument: string): boolean => tritonArguments().includes(argument);
  for (const door of ['grpc', 'sagemaker', 'vertex-ai', 'metrics'])
    expect([door, has(`--allow-${door}=false`)]).toEqual([door, true]);
  expect(has('--model-control-mode=explicit')).toBe(true);
  expect(tritonArguments().some((argument) => argument.startsWith('--load-model'))).toBe(false);
});

test('vLLM takes what the loader wrote, by two arguments as its parser wants them, and no adapter at run time', () => {
  expect([...vllmCommand(), ...vllmArguments()].slice(0, 4)).toEqual(['vllm', 'serve', '--config', SERVER_FILES.vllm]);
  expect(Object.keys(VLLM_ENVIRONMENT)).not.toContain('VLLM_ALLOW_RUNTIME_LORA_UPDATING');
  expect(
    Object.values(SERVER_FILES).every((file) =>
      Object.values(SERVER_MOUNTS).some((mount) => file.startsWith(`${mount}/`)),
    ),
  ).toBe(true);
});

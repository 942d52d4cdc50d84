import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { SERVER_CONFIG_FORMAT, type ServerConfigInput, type ServerModel } from '../../../schema/server-config';
import { type LoaderProbe, SERVER_FILES } from '../../../schema/server-pod';
import { probe } from '../../../services/model-loader/probe';
import { run } from '../../../services/model-loader/run';
import type { Times } from '../../../services/model-loader/times';
import { temporaryFolder } from '../../support/temporary';
import { ACCOUNT, BUCKET } from './releases';

/** Short, so that a test can wait for all of them. */
export const SHORT: Times = { look: 20, retry: 300, farewell: 200, pause: 1, load: 2000 };

export interface Ran {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly complaints: readonly string[];
  readonly stop: () => Promise<number>;
  readonly ended: Promise<number>;
}

/** The volumes of a server's pod, in a folder of this machine. */
export class Pod {
  readonly root = temporaryFolder();

  path(file: keyof typeof SERVER_FILES): string {
    return join(this.root, SERVER_FILES[file]);
  }

  configure(config: unknown): void {
    const file = this.path('config');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, typeof config === 'string' ? config : JSON.stringify(config));
    renameSync(`${file}.new`, file);
  }

  holds(what: LoaderProbe): boolean {
    return probe(what, this.path('state')) === 0;
  }

  get key(): string {
    return existsSync(this.path('key')) ? readFileSync(this.path('key'), 'utf8') : '';
  }

  /** Starts a loader in this process. */
  start(client: S3Client, triton = 'http://127.0.0.1:9', times: Partial<Times> = {}): Ran {
    const stop = new AbortController();
    const lines: Readonly<Record<string, unknown>>[] = [];
    const complaints: string[] = [];
    const ended = run({
      root: this.root,
      signal: stop.signal,
      write: (line) => lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
      complain: (line) => complaints.push(line),
      times: { ...SHORT, ...times },
      client,
      triton,
    });
    return {
      lines,
      complaints,
      ended,
      stop: () => {
        stop.abort();
        return ended;
      },
    };
  }
}

const said = { format: SERVER_CONFIG_FORMAT, region: 'eu-central-1', account: ACCOUNT } as const;

export const tritonConfig = (
  models: Extract<ServerConfigInput, { engine: 'triton' }>['models'],
): ServerConfigInput => ({
  ...said,
  server: 'triton-0',
  engine: 'triton',
  models,
});

type TritonModel = Extract<ServerConfigInput, { engine: 'triton' }>['models'][number];
export const ownHead = (digest: string, tenant = 'acme', more: Partial<TritonModel> = {}): TritonModel => ({
  type: 'call-outcome',
  tenant,
  form: 'head',
  digest,
  bucket: BUCKET,
  filesMiB: 64,
  memoryMiB: 64,
  ...more,
});

export const vllmConfig = (
  base: string,
  models: readonly { readonly digest: string; readonly tenant: string }[],
  more: Partial<Extract<ServerConfigInput, { engine: 'vllm' }>> = {},
): ServerConfigInput => ({
  ...said,
  server: 'language-0',
  engine: 'vllm',
  base: { type: 'language', form: 'base', digest: base, bucket: BUCKET, filesMiB: 64 },
  models: models.map((model) => ({ ...model, type: 'reply', form: 'adapter' as const, bucket: BUCKET, filesMiB: 16 })),
  gpuMemoryPercent: 90,
  contextTokens: 4096,
  adapters: { slots: 8, rank: 8 },
  ...more,
});

export const nameOf = ({ digest }: Pick<ServerModel, 'digest'>): string => digest.replace(':', '-');

/** Waits until something holds, five seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let left = 500; !holds(); left -= 1) {
    if (left === 0) throw new Error('until: got nothing in five seconds');
    await wait(10);
  }
}

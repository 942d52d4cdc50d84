import { readFile } from 'node:fs/promises';
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { Agent, fetch } from 'undici';
import type { RouterConfig } from '../../schema/router-config';
import { Refusal } from './answers';

export interface Keys {
  /** @throws Refusal `keys-unavailable`; errors of jose for a token that no key fits */
  readonly find: JWTVerifyGetKey;
  /** Gets the keys now. @throws whatever keeps them from being had */
  readonly load: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface KeyTimes {
  /** Milliseconds after which keys are asked for anew, so that one that the cluster has taken back ends. */
  readonly maxAge: number;
  /** Milliseconds between two questions for a key that is not known: forged ids of keys must not become load on the API server. */
  readonly cooldown: number;
}

const TIMES: KeyTimes = { maxAge: 600_000, cooldown: 30_000 };
/** Milliseconds that the JWKS server has to answer. */
const TIMEOUT_MS = 5000;

/** The keys of the cluster's issuer, kept and renewed. A key that cannot be had refuses, and lets nobody in. */
export async function remoteKeys(
  { keysUrl, keysCaFile, keysTokenFile }: RouterConfig['identity'],
  times: KeyTimes = TIMES,
): Promise<Keys> {
  const ca = keysCaFile === undefined ? {} : { ca: await readFile(keysCaFile, 'utf8') };
  const dispatcher = new Agent({ connect: ca });
  const set = createRemoteJWKSet(new URL(keysUrl), {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: times.maxAge,
    cooldownDuration: times.cooldown,
    [customFetch]: async (url, { headers, signal }) => {
      // Read each time: the kubelet renews it.
      const token = keysTokenFile === undefined ? undefined : (await readFile(keysTokenFile, 'utf8')).trim();
      const shown: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const got = await fetch(url, {
        headers: { ...Object.fromEntries(headers), ...shown },
        signal,
        dispatcher,
        redirect: 'error',
      });
      return new Response(await got.text(), { status: got.status });
    },
  });
  return {
    find: async (header, token) => {
      try {
        return await set(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new Refusal('keys-unavailable', "router: got no keys of the cluster's issuer; try again");
      }
    },
    load: () => set.reload(),
    close: () => dispatcher.close(),
  };
}

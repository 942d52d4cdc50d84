import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { EnvironmentFaults } from '../../schema/faults';
import type { RouterConfig } from '../../schema/router-config';

/**
 * Whose tokens count: the issuer that the configuration names, or that of the router's own token. The kubelet put that one into the pod, and whoever
 * could exchange it there could exchange the configuration, so that its signature is not asked for.
 * @param file name of the configuration, as faults say it
 * @throws EnvironmentFaults where the token says none; an error of the file system
 */
export async function issuerOf({ issuer, keysTokenFile }: RouterConfig['identity'], file: string): Promise<string> {
  if (issuer !== undefined) return issuer;
  const found = keysTokenFile === undefined ? undefined : issuerIn(await readFile(keysTokenFile, 'utf8'));
  if (found !== undefined) return found;
  throw new EnvironmentFaults([
    {
      file,
      path: 'identity.keysTokenFile',
      got: 'a file without a token that names its issuer',
      allowed: 'allowed a token of a service account',
      remedy: 'mount a projected one, or name the issuer',
    },
  ]);
}

function issuerIn(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token.trim());
    return iss === undefined || iss === '' ? undefined : iss;
  } catch {
    return undefined;
  }
}

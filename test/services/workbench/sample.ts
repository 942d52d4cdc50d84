import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';
import { WORKBENCH_KEY_BITS, workbenchReadySchema } from '../../../schema/workbench';

/** A person's key. It takes a second to make. */
export function personKey(bits = WORKBENCH_KEY_BITS): { readonly publicKey: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey };
}

/** The password of the first line that a workbench has printed. */
export function passwordOf(line: string | undefined, key: KeyObject): string {
  const { sealed } = workbenchReadySchema.parse(JSON.parse(line ?? ''));
  return privateDecrypt(
    { key, oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(sealed, 'base64'),
  ).toString('utf8');
}

/** What a pod tells its workbench. */
export const told = (home: string, publicKey: string, more: Readonly<Record<string, string>> = {}) => ({
  ...process.env,
  ATOLL_WORKBENCH: 'jupyter',
  ATOLL_PUBLIC_KEY: publicKey,
  ATOLL_IDLE_SECONDS: '3600',
  ATOLL_MAX_SECONDS: '28800',
  HOME: home,
  ...more,
});

import { constants, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { WORKBENCH_KEY_BITS } from '../../schema/workbench';

/** A password that nobody guesses: 256 bits, in characters that an address takes. */
export const freshPassword = (): string => randomBytes(32).toString('base64url');

/** The person's key, from DER in base64. @returns undefined where it is another kind of key, or a shorter one */
export function publicKeyOf(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= WORKBENCH_KEY_BITS ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The password so that only who has the private key reads it: the output of a pod is read by all of the team. */
export const sealed = (password: string, key: KeyObject): string =>
  publicEncrypt({ key, oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING }, Buffer.from(password)).toString(
    'base64',
  );

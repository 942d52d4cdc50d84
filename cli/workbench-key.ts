import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { show } from '../schema/faults';
import { WORKBENCH_KEY_BITS, type WorkbenchReady, workbenchReadySchema } from '../schema/workbench';

/** Digits by which one workbench is told from another. */
export const freshMark = (): string => randomBytes(4).toString('hex');

export interface Key {
  /** DER (SPKI) in base64. */
  readonly publicKey: string;
  /** Writes the private one where nothing is yet, for its owner alone. @throws Error where something is */
  readonly keep: (file: string) => void;
}

/** A key for one workbench. */
export function makeKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: WORKBENCH_KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    publicKey: publicKey.toString('base64'),
    keep: (file) => {
      try {
        writeFileSync(file, privateKey, { flag: 'wx', mode: 0o600 });
      } catch (error) {
        const { code = 'an error' } = error as NodeJS.ErrnoException;
        throw new Error(`--key: got ${code} of '${file}', allowed a file that is not there yet; name another`, {
          cause: error,
        });
      }
    },
  };
}

export interface Opened {
  readonly kind: WorkbenchReady['kind'];
  readonly password: string;
}

/**
 * The password that a workbench has printed for the owner of a key.
 * @param output all that its pod has printed: of several passwords the last counts, since a workbench that was moved has another
 * @throws Error where it has printed none, or for another key
 */
export function openedPassword(output: string, file: string): Opened {
  const ready = output
    .split('\n')
    .flatMap((line) => readyOf(line))
    .at(-1);
  if (ready === undefined)
    throw new Error(
      `standard input: got ${show(output.slice(0, 80))}, allowed the output of a workbench; wait until its pod runs`,
    );
  try {
    const key = createPrivateKey(readFileSync(file));
    const sealed = Buffer.from(ready.sealed, 'base64');
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return {
      kind: ready.kind,
      password: privateDecrypt({ key, oaepHash: 'sha256', padding }, sealed).toString('utf8'),
    };
  } catch {
    throw new Error(`--key: got '${file}', allowed the key that was made with this workbench; name that one`);
  }
}

function readyOf(line: string): readonly WorkbenchReady[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  const parsed = workbenchReadySchema.safeParse(value);
  return parsed.success ? [parsed.data] : [];
}

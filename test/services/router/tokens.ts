import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { clusterObjectNames, tenantNames } from '../../../schema/names';
import { listen } from './servers';

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** A cluster's issuer: keys behind a real JWKS over HTTP, and tokens as the API server projects them. */
export interface Issuer {
  readonly issuer: string;
  readonly keysUrl: string;
  /** How often the JWKS was asked for, and with which Authorization. */
  readonly asked: readonly (string | undefined)[];
  /** What the JWKS answers with. */
  status: number;
  /** A token of a tenant's service account. */
  readonly token: (tenant: string, change?: Change) => Promise<string>;
  /** Signs from now on with a key that the JWKS has from now on. */
  readonly rotate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Change {
  /** Undefined takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: { readonly alg: string; readonly kid?: string };
  /** A key of its own, as a forger has. */
  readonly key?: PrivateKey | Uint8Array;
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Claims as in https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin (2026-11-26). */
export function claimsOf(issuer: string, tenant: string): JWTPayload {
  const namespace = tenantNames.namespace(tenant);
  const now = nowSeconds();
  return {
    aud: [clusterObjectNames.routerAudience],
    exp: now + 3600,
    iat: now,
    nbf: now,
    iss: issuer,
    jti: 'b6d2f1a0',
    'kubernetes.io': {
      namespace,
      node: { name: 'node-1', uid: '1' },
      pod: { name: `${tenant}-pod`, uid: '2' },
      serviceaccount: { name: 'inference', uid: '3' },
    },
    sub: `system:serviceaccount:${namespace}:inference`,
  };
}

export async function startIssuer(alg: 'RS256' | 'ES256' = 'RS256'): Promise<Issuer> {
  const keys: JWK[] = [];
  let pair = await generateKeyPair(alg, { extractable: true });
  let kid = 'key-1';
  const publish = async (): Promise<void> => {
    keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' });
  };
  await publish();
  const asked: (string | undefined)[] = [];
  const served = await listen(
    createServer((request, reply) => {
      asked.push(request.headers.authorization);
      reply.writeHead(issuer.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    }),
  );
  const issuer: Issuer = {
    issuer: 'https://oidc.example/id/0',
    keysUrl: `${served.url}/openid/v1/jwks`,
    asked,
    status: 200,
    token: (tenant, { claims = {}, header = { alg }, key = pair.privateKey } = {}) =>
      new SignJWT({ ...claimsOf('https://oidc.example/id/0', tenant), ...claims })
        .setProtectedHeader({ kid, ...header })
        .sign(key),
    rotate: async () => {
      pair = await generateKeyPair(alg, { extractable: true });
      kid = 'key-2';
      await publish();
    },
    close: served.close,
  };
  return issuer;
}

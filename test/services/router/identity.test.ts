import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64url, generateKeyPair } from 'jose';
import { issuerOf } from '../../../services/router/issuer';
import { temporaryFolder } from '../../support/temporary';
import { ask, type Answered, codeOf } from './client';
import { until, type World, world } from './router';
import { type Change, claimsOf, nowSeconds, startIssuer } from './tokens';

const ISSUER = 'https://oidc.example/id/0';
const own = (tenant: string): Record<string, unknown> =>
  claimsOf(ISSUER, tenant)['kubernetes.io'] as Record<string, unknown>;

function refused(answered: Answered): void {
  expect([answered.status, codeOf(answered), answered.headers['www-authenticate']]).toEqual([
    401,
    'unauthenticated',
    'Bearer',
  ]);
}

async function asked(change: Change): Promise<{ answered: Answered; it: World }> {
  const it = await world();
  const answered = await ask(it, { token: await it.token('acme', change) });
  expect(it.vllm.got).toHaveLength(answered.status === 200 ? 1 : 0);
  return { answered, it };
}

describe('a token', () => {
  test('of the cluster is let in, and its signature is not checked anew each time', async () => {
    const it = await world();
    const token = await it.token('acme');
    for (let i = 0; i < 3; i++) expect((await ask(it, { token })).status).toBe(200);
    expect(it.issuer.asked).toHaveLength(1);
  });

  test('signed with ES256 is let in', async () => {
    const issuer = await startIssuer('ES256');
    const it = await world({
      change: (config) => ({ ...config, identity: { issuer: issuer.issuer, keysUrl: issuer.keysUrl } }),
    });
    expect((await ask(it, { token: await issuer.token('acme') })).status).toBe(200);
    await issuer.close();
  });

  test.each<[what: string, change: Change]>([
    ['that has ended', { claims: { exp: nowSeconds() - 60, iat: nowSeconds() - 3600 } }],
    ['that does not begin yet', { claims: { nbf: nowSeconds() + 3600 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['for another audience', { claims: { aud: ['https://kubernetes.default.svc'] } }],
    ['for no audience', { claims: { aud: undefined } }],
    ['of another issuer', { claims: { iss: `${ISSUER}1` } }],
    ['whose life is longer than a day', { claims: { exp: nowSeconds() + 90_000 } }],
    ['whose subject is another namespace’s', { claims: { sub: 'system:serviceaccount:tenant-bravo:inference' } }],
    ['whose claims name no namespace', { claims: { 'kubernetes.io': { ...own('acme'), namespace: undefined } } }],
    ['of an older form', { claims: { 'kubernetes.io': undefined } }],
    ['with a key that the cluster does not have', { header: { alg: 'RS256', kid: 'key-9' } }],
    ['signed with the public key as a secret', { header: { alg: 'HS256' }, key: Buffer.alloc(32, 1) }],
  ])('%s is 401', async (_, change) => {
    refused((await asked(change)).answered);
  });

  test('that somebody else has signed under the name of the cluster’s key is 401', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    refused((await asked({ key: privateKey })).answered);
  });

  test('that was right and is changed is 401, even when the router remembers it', async () => {
    const it = await world();
    const token = await it.token('acme');
    expect((await ask(it, { token })).status).toBe(200);
    const [head = '', , signature = ''] = token.split('.');
    const other = base64url.encode(JSON.stringify(claimsOf(ISSUER, 'bravo')));
    refused(await ask(it, { token: `${head}.${other}.${signature}` }));
    const none = base64url.encode(JSON.stringify({ alg: 'none' }));
    refused(await ask(it, { token: `${none}.${other}.${signature}` }));
    refused(await ask(it, { token: `${none}.${other}.` }));
  });

  test('that the router remembers ends when it ends', async () => {
    const it = await world();
    // The clocks may be five seconds apart: so it has two left.
    const token = await it.token('acme', { claims: { exp: nowSeconds() - 3, iat: nowSeconds() - 60 } });
    expect((await ask(it, { token })).status).toBe(200);
    await until(async () => (await ask(it, { token })).status === 401);
  });

  test.each(['', 'Basic YTpi', 'Bearer', 'Bearer a.b', 'Bearer a.b.c d'])('is none in %j', async (authorization) => {
    const it = await world();
    refused(await ask(it, { headers: { authorization } }));
  });
});

describe('the keys', () => {
  test('that are new are got when a token has one', async () => {
    const it = await world({ times: { keyTimes: { maxAge: 600_000, cooldown: 0 } } });
    expect((await ask(it)).status).toBe(200);
    await it.issuer.rotate();
    expect((await ask(it, { token: await it.token('acme') })).status).toBe(200);
  });

  test('are not asked for again and again by forged ids of keys', async () => {
    const it = await world();
    await ask(it);
    for (let i = 0; i < 5; i++)
      refused(await ask(it, { token: await it.token('acme', { header: { alg: 'RS256', kid: `forged-${i}` } }) }));
    expect(it.issuer.asked).toHaveLength(1);
  });

  test('are asked for with the token of a file, as it is at that moment', async () => {
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, 'first\n');
    const it = await world({
      change: (config) => ({ ...config, identity: { ...config.identity, keysTokenFile: file } }),
      times: { keyTimes: { maxAge: 0, cooldown: 0 } },
    });
    await until(() => it.issuer.asked.length > 0);
    writeFileSync(file, 'second\n');
    expect((await ask(it)).status).toBe(200);
    expect([it.issuer.asked[0], it.issuer.asked.at(-1)]).toEqual(['Bearer first', 'Bearer second']);
  });

  test("are asked for by an issuer that the router's own token names, where the configuration names none", async () => {
    const file = join(temporaryFolder(), 'token');
    const it = await world({
      change: ({ identity, ...config }) => {
        const payload = Buffer.from(JSON.stringify({ iss: identity.issuer })).toString('base64url');
        writeFileSync(file, `e30.${payload}.c2ln\n`);
        return { ...config, identity: { keysUrl: identity.keysUrl, keysTokenFile: file } };
      },
    });
    expect((await ask(it)).status).toBe(200);
    refused(await ask(it, { token: await it.token('acme', { claims: { iss: `${ISSUER}1` } }) }));
  });

  test('of a router whose own token names no issuer are none: it ends with 64', async () => {
    const file = join(temporaryFolder(), 'token');
    for (const text of ['', 'e30.e30.c2ln', 'no token']) {
      writeFileSync(file, text);
      await expect(issuerOf({ keysUrl: 'https://localhost/keys', keysTokenFile: file }, 'config.json')).rejects.toThrow(
        'config.json: identity.keysTokenFile: got a file without a token that names its issuer',
      );
    }
  });

  test('that cannot be had let nobody in: 503, and the router is not ready until they are', async () => {
    const issuer = await startIssuer();
    issuer.status = 500;
    const it = await world({
      change: (config) => ({ ...config, identity: { issuer: issuer.issuer, keysUrl: issuer.keysUrl } }),
    });
    const ready = async (): Promise<number> => (await fetch(`${it.operationsUrl}/readyz`)).status;
    expect(await ready()).toBe(503);
    const answered = await ask(it, { token: await issuer.token('acme') });
    expect([answered.status, codeOf(answered), answered.headers['retry-after']]).toEqual([
      503,
      'keys-unavailable',
      '5',
    ]);
    issuer.status = 200;
    await until(async () => (await ready()) === 200);
    expect((await ask(it, { token: await issuer.token('acme') })).status).toBe(200);
    await issuer.close();
  });
});

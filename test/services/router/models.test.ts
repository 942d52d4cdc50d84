import { describe, expect, test } from '@jest/globals';
import { contentModelName } from '../../../schema/router-config';
import { ask, CHAT, codeOf, INFER, NOTES } from './client';
import { DIGESTS, world } from './router';

describe("a tenant's own model", () => {
  test('is asked for by its content hash, with the salt of the tenant, whatever the client said', async () => {
    const own = await world();
    const body = { ...CHAT, model: contentModelName(DIGESTS.bravo), cache_salt: 'of another', temperature: 0.5 };
    const { status, json } = await ask(own, { body });
    expect(status).toBe(200);
    expect(json['model']).toBe(contentModelName(DIGESTS.acme));
    const [got] = own.vllm.got;
    expect(got?.path).toBe('POST /v1/chat/completions');
    expect(got?.json).toEqual({
      ...CHAT,
      temperature: 0.5,
      model: `sha256-${'a'.repeat(64)}`,
      cache_salt: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    });
  });
});
void [codeOf, INFER, NOTES];

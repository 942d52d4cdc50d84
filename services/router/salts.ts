import { createHmac, randomBytes } from 'node:crypto';

/**
 * The part of vLLM's prefix cache that a tenant's requests meet, and no other's: 43 characters that nobody outside this process can guess.
 * The key is drawn at the start, so that there is no secret to keep; what two routers cache for one tenant is apart.
 * @see https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/chat_completion/protocol.py cache_salt (2026-11-26)
 */
export class Salts {
  private readonly key = randomBytes(32);
  private readonly salts = new Map<string, string>();

  of(tenant: string): string {
    const known = this.salts.get(tenant);
    if (known !== undefined) return known;
    const salt = createHmac('sha256', this.key).update(tenant).digest('base64url');
    this.salts.set(tenant, salt);
    return salt;
  }
}

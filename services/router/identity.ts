import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { clusterObjectNames } from '../../schema/names';
import { Refusal } from './answers';
import type { Keys } from './keys';

/** Who asks. */
export interface Caller {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Empty where the token is of no pod: the product's backend gets its own by the API server's TokenRequest. */
  readonly pod: string;
}

/** EKS signs with RS256, other clusters may with ES256. Nothing else is even looked at, `none` and the symmetric ones least of all. */
const ALGORITHMS = ['RS256', 'ES256'];
/** Longest life of a token, hours: a pod's own lives one, and one that was made to last shall not. */
const LIFE_HOURS = 24;
/** Seconds that the clocks of the API server and of this node may be apart. */
const CLOCK_SECONDS = 5;
/** Seconds for which a token that was right is taken for right: a checked signature costs more than all else that the router does. */
const REMEMBERED_SECONDS = 60;
const REMEMBERED_TOKENS = 8192;

/**
 * What a bound token says of its pod.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#schema-for-service-account-private-claims (2026-11-26)
 */
const claimsSchema = z.object({
  sub: z.string(),
  iat: z.number(),
  exp: z.number(),
  'kubernetes.io': z.object({
    namespace: z.string().min(1),
    serviceaccount: z.object({ name: z.string().min(1) }),
    pod: z.object({ name: z.string() }).optional(),
  }),
});

interface Remembered {
  readonly caller: Caller;
  readonly until: number;
}

/** Tells by a projected service-account token who asks. */
export class Identity {
  private readonly remembered = new Map<string, Remembered>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly issuer: string,
    private readonly keys: Keys,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param authorization the header
   * @throws Refusal `unauthenticated`, or `keys-unavailable` where the issuer's keys cannot be had
   */
  async of(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Refusal('unauthenticated', 'authorization: allowed a Bearer token; add it');
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.remembered.get(key);
    if (known !== undefined && known.until > this.now()) return known.caller;
    const { caller, exp } = await this.verified(token);
    this.remember(key, { caller, until: Math.min(exp * 1000, this.now() + REMEMBERED_SECONDS * 1000) });
    return caller;
  }

  private async verified(token: string): Promise<{ caller: Caller; exp: number }> {
    const claims = claimsSchema.safeParse(await this.payload(token));
    if (!claims.success) throw refused('its claims', 'those of a service account of a pod');
    const { sub, iat, exp, 'kubernetes.io': own } = claims.data;
    const { namespace, serviceaccount, pod } = own;
    if (sub !== `system:serviceaccount:${namespace}:${serviceaccount.name}`)
      throw refused('its subject', 'the service account of its other claims');
    if (exp - iat > LIFE_HOURS * 3600) throw refused('its life', `at most ${LIFE_HOURS} hours`);
    return { caller: { namespace, serviceAccount: serviceaccount.name, pod: pod?.name ?? '' }, exp };
  }

  private async payload(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        algorithms: ALGORITHMS,
        issuer: this.issuer,
        audience: clusterObjectNames.routerAudience,
        clockTolerance: CLOCK_SECONDS,
        currentDate: new Date(this.now()),
        requiredClaims: ['exp', 'iat', 'sub', 'iss', 'aud'],
      });
      return payload;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (error instanceof errors.JWTExpired) throw refused('a token that has ended', 'one that has not');
      if (error instanceof errors.JWTClaimValidationFailed)
        throw refused(`its '${error.claim}'`, 'a token of this cluster for this router');
      throw refused('a token that is not signed by the cluster', 'one that is');
    }
  }

  private remember(key: string, remembered: Remembered): void {
    // The oldest goes: one that is in use is back at the next request.
    if (this.remembered.size >= REMEMBERED_TOKENS)
      for (const oldest of this.remembered.keys()) {
        this.remembered.delete(oldest);
        break;
      }
    this.remembered.set(key, remembered);
  }
}

const refused = (got: string, allowed: string): Refusal =>
  new Refusal('unauthenticated', `token: got ${got}, allowed ${allowed}; project one with the router's audience`);

import type { Environment } from '../../schema/model';
import { isRelational, openSources } from '../../schema/open-sources';
import type { RelationalSource } from '../../schema/source';
import { grantRoles, untilEnd } from './declared-grants';
import { viaServices } from './declared-tenant';
import type { DeclaredWay, Place } from './declared-way';

/** The secret of a relational source, and the key that encrypts it: both are another account's. */
const secretPlaces = ({ secretArn, keyArn }: RelationalSource): readonly [secret: Place, key: Place] => [
  { kind: 'secretsmanager:secret', name: secretArn, type: 'Secret' },
  { kind: 'kms:key', name: keyArn, type: 'key' },
];

/** What grants do with secrets: those that name a source of it and open all of its tenants read it, by an endpoint, until each ends. */
export function secretWays(env: Environment): DeclaredWay[] {
  return env.grants.flatMap((grant) =>
    openSources(env, grant).relational.flatMap((source) =>
      grantRoles(env, grant).flatMap((role): DeclaredWay[] => {
        const [secret, key] = secretPlaces(source);
        const until = untilEnd(grant);
        return [
          {
            ...role,
            on: secret,
            actions: ['secretsmanager:GetSecretValue'],
            right: 'reads',
            where: { ...until, Null: { 'aws:SourceVpce': 'false' } },
            inside: 'research',
          },
          {
            ...role,
            on: key,
            actions: ['kms:Decrypt'],
            right: 'decrypts',
            where: { ...until, StringEquals: { 'kms:ViaService': viaServices(env, 'secretsmanager') } },
          },
        ];
      }),
    ),
  );
}

/** Secrets and keys of all relational sources, each once: two sources may lie behind one. */
export const secretsOf = (env: Environment): Place[] => {
  const all = env.sources.filter(isRelational).flatMap((source) => [...secretPlaces(source)]);
  return [...new Map(all.map((place) => [place.name, place])).values()];
};

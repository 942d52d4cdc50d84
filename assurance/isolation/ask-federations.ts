import type { Asking } from './spot';

/**
 * Nobody whom an identity provider vouches for is let in anywhere: people come by the organisation's sign-in, pods by Pod Identity, and IAM
 * knows some providers that no template makes. So no statement that allows names one.
 */
export function askFederations({ engine, findings }: Asking): void {
  for (const { where: subject, policies } of engine.world.resources.values())
    for (const { where, effect, principals } of policies.flatMap(({ statements }) => statements))
      for (const entry of principals?.entries ?? [])
        if (entry.kind === 'federated' && (effect === 'Allow' || principals?.not === true))
          findings.push({
            proof: 'isolation',
            kind: 'open',
            subject,
            message: `${where}: lets in whoever ${entry.provider} vouches for, allowed: nobody`,
          });
}

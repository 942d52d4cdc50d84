import type { Environment } from '../../schema/model';
import { arn, roleNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import { code } from './markdown';

/** What a role of somebody else's may become, by `sts:AssumeRole` in a policy of its own: across accounts both sides must allow. */
interface Entrance {
  readonly principal: string;
  readonly purpose: string;
  readonly becomes: readonly string[];
}

function entrances(env: Environment): readonly Entrance[] {
  const { production } = env.accounts;
  return [
    {
      principal: env.imageMirrorPrincipal,
      purpose: 'fills the registries of both accounts; nothing else pushes into them',
      becomes: CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], roleNames.imageMirror(env, cluster))),
    },
    {
      principal: env.ingestPrincipal,
      purpose: "puts recordings under `raw/` of tenants' buckets",
      becomes: [arn.role(production, roleNames.ingest(env))],
    },
  ];
}

/** The section on roles that the environment names and does not make. */
export function foreignRoles(env: Environment, step: number): string {
  return [
    `## ${String(step)}. Roles that this environment names and does not make`,
    'They may be in any account of the organisation. Each needs a policy of its own besides the trust of what it becomes:',
    ...entrances(env).flatMap(({ principal, purpose, becomes }) => [
      `\`${principal}\` ${purpose}:`,
      code('json', JSON.stringify({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: becomes }, undefined, 2)),
    ]),
  ].join('\n\n');
}

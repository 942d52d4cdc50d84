import type { Environment } from '../../schema/model';
import { corpusNames, grantNames } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import { roleNames } from '../../schema/names';
import { isCorpus } from '../../schema/open-sources';
import { roleArnParts } from '../../schema/role-arn';
import { CLUSTERS } from '../../schema/vocabulary';
import { code, shell, table } from './markdown';

/** A role of somebody else's, and one thing that it is for here. */
interface Use {
  readonly roleArn: string;
  readonly purpose: string;
  /** Roles of the environment that it becomes by `sts:AssumeRole`. @default - none: an access entry lets it in */
  readonly becomes?: readonly string[];
  /** What the session has to bring besides. @default - nothing */
  readonly also?: readonly string[];
}

/**
 * Every role that the environment names and does not make. EKS takes an access entry for an existing principal only
 * (https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html, 2026-11-25) and answers for any other with
 * `InvalidParameterException: The specified principalArn is invalid`, which fails the whole cluster stack.
 */
function uses(env: Environment): readonly Use[] {
  const { production } = env.accounts;
  const people = CLUSTERS.flatMap((cluster): Use[] => {
    const { administrators, viewers } = env.clusters[cluster];
    const all = (roles: readonly string[], purpose: string): Use[] => roles.map((roleArn) => ({ roleArn, purpose }));
    return [
      ...all(administrators, `administers the ${cluster} cluster`),
      ...all(viewers, `views the ${cluster} cluster`),
    ];
  });
  return [
    ...people,
    ...env.researchTeams.map(({ id, roleArn }) => ({
      roleArn,
      purpose: `people of the research team ${id}`,
      // Of every grant, since one may open sessions tomorrow; the trust of each says to whom.
      becomes: [grantNames.sessionRoleArn(env, '*')],
      also: ['sts:SetSourceIdentity', 'sts:TagSession'],
    })),
    {
      roleArn: env.imageMirrorPrincipal,
      purpose: 'fills the registries of both accounts',
      becomes: CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], roleNames.imageMirror(env, cluster))),
    },
    ...env.sources.filter(isCorpus).map(({ id, importPrincipal }) => ({
      roleArn: importPrincipal,
      purpose: `puts files of the corpus ${id}`,
      becomes: [corpusNames.importRoleArn(env, id)],
    })),
    {
      roleArn: env.ingestPrincipal,
      purpose: "puts recordings under raw/ of tenants' buckets",
      becomes: [arn.role(production, roleNames.ingest(env))],
    },
  ];
}

/** The section on roles that must exist, by the account that they are in. */
export function foreignRoles(env: Environment, step: number): string {
  const all = uses(env);
  const accounts = [...new Set(all.map(({ roleArn }) => roleArnParts(roleArn).account))];
  return [
    `## ${String(step)}. Roles that must exist`,
    'This environment names them and does not make them. EKS refuses an access entry for a role that is not there, and the whole ' +
      "cluster stack with it; and it keeps the role's id, so that one that is deleted and made again needs a new entry. The ARN is " +
      "the whole one: a sign-in's has a path such as `aws-reserved/sso.amazonaws.com/…/`.",
    ...accounts.flatMap((account) =>
      inAccount(env, account, all, `${String(step)}.${String(accounts.indexOf(account) + 1)}`),
    ),
    'Who assumes a role of this environment needs a statement in a policy of its own, besides the trust of what it becomes:',
    ...all.flatMap(({ roleArn, becomes, also = [] }) =>
      becomes === undefined
        ? []
        : [
            `\`${roleArn}\`:`,
            code(
              'json',
              JSON.stringify(
                {
                  Effect: 'Allow',
                  Action: also.length === 0 ? 'sts:AssumeRole' : ['sts:AssumeRole', ...also],
                  Resource: becomes,
                },
                undefined,
                2,
              ),
            ),
          ],
    ),
  ].join('\n\n');
}

function inAccount(env: Environment, account: string, all: readonly Use[], number: string): string[] {
  const [part = "of the organisation's others"] = Object.entries(env.accounts).find(([, id]) => id === account) ?? [];
  const own = all.filter(({ roleArn }) => roleArnParts(roleArn).account === account);
  return [
    `### ${number} Account ${account} (${part})`,
    table(
      ['role', 'what for'],
      own.map(({ roleArn, purpose }) => [roleArn, purpose]),
    ),
    shell(
      'exists() {',
      '  test "$(aws iam get-role --role-name "${1##*/}" --query Role.Arn --output text)" = "$1" && echo "there    $1" || echo "MISSING  $1"',
      '}',
      ...[...new Set(own.map(({ roleArn }) => roleArn))].map((roleArn) => `exists ${roleArn}`),
    ),
  ];
}

import { expect, test } from '@jest/globals';
import { environmentNames } from '../../environments';
import { prerequisites } from '../../infra/aws/prerequisites';
import type { Environment } from '../../schema/model';
import { CLUSTERS } from '../../schema/vocabulary';
import { resourcesOf, synthesized } from '../support/synthesized';

/** Roles that a template may name besides: of the environment itself, of the bootstrap, and those that AWS makes. */
const ours = (env: string): RegExp =>
  new RegExp(`^(?:atoll-${env}-|${env}-(?:production|research|tenant)-|cdk-|aws-service-role/)`);

/** The roles by which people reach a cluster. */
function peopleOf({ clusters, researchTeams }: Environment): string[] {
  const platform = CLUSTERS.flatMap((cluster) => [...clusters[cluster].administrators, ...clusters[cluster].viewers]);
  return [...platform, ...researchTeams.map(({ roleArn }) => roleArn)].sort();
}

test.each(environmentNames)(
  '%s: every role that a template names and no stack makes is one that PREREQUISITES.md checks',
  (name) => {
    const whole = synthesized(name);
    const named = whole.templates.flatMap(({ template }) =>
      [...JSON.stringify(template).matchAll(/arn:aws:iam::\d{12}:role\/([^"\\*]+)/g)]
        .filter(([, role]) => !ours(name).test(role ?? ''))
        .map(([roleArn]) => roleArn),
    );
    const text = prerequisites(whole.env);
    const checked = [...text.matchAll(/^exists (.*)$/gm)].map(([, roleArn]) => roleArn);
    expect([...new Set(named)].sort()).toEqual([...checked].sort());
    const entries = resourcesOf(whole, 'AWS::EKS::AccessEntry').map(
      ({ resource }) => resource.Properties?.['PrincipalArn'],
    );
    const literal = entries.filter((principal) => typeof principal === 'string');
    expect([...literal].sort()).toEqual(peopleOf(whole.env));
    expect(checked).toEqual(expect.arrayContaining(literal));
  },
);

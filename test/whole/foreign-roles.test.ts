import { expect, test } from '@jest/globals';
import { environmentNames } from '../../environments';
import { prerequisites } from '../../infra/aws/prerequisites';
import { resourcesOf, synthesized } from '../support/synthesized';

/** Roles that a template may name besides: of the environment itself, of the bootstrap, and those that AWS makes. */
const ours = (env: string): RegExp => new RegExp(`^(?:atoll-${env}-|${env}-|cdk-|aws-service-role/)`);

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
    expect(literal.length).toBeGreaterThan(3);
    expect(checked).toEqual(expect.arrayContaining(literal));
  },
);

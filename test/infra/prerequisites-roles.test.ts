import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { foreignRoles } from '../../infra/aws/prerequisites-roles';
import { sampleEnvironment } from '../support/sample-environment';
import { temporaryFolder } from '../support/temporary';

const scratch = temporaryFolder();
const env = sampleEnvironment();
const text = foreignRoles(env, 2);

/** The shell block below the heading of an account. */
const blockOf = (section: string, account: string): string =>
  new RegExp(`^### \\S+ Account ${account} .*\\n\\n(?:\\|.*\\n)+\\n\`\`\`sh\\n([^\`]*)\\n\`\`\`$`, 'm').exec(
    section,
  )?.[1] ?? '';
const checked = (section: string, account: string): string[] =>
  [...blockOf(section, account).matchAll(/^exists (.*)$/gm)].map((match) => match[1] ?? '');

test('every role of somebody else is listed and checked once, in the account that it is in', () => {
  expect(checked(text, '222222222222')).toEqual(['arn:aws:iam::222222222222:role/sign-in/platform-admin']);
  expect(checked(text, '333333333333')).toEqual([
    'arn:aws:iam::333333333333:role/sign-in/platform-admin',
    'arn:aws:iam::333333333333:role/sign-in/platform-viewer',
    'arn:aws:iam::333333333333:role/sign-in/research-speech',
    'arn:aws:iam::333333333333:role/sign-in/research-language',
  ]);
  expect(checked(text, '555555555555')).toEqual([env.ingestPrincipal]);
  expect(checked(text, '666666666666')).toEqual([env.imageMirrorPrincipal]);
  expect(text).toContain('Account 333333333333 (research)');
  expect(text).toContain("Account 666666666666 (of the organisation's others)");
  expect(text).toContain(
    '| arn:aws:iam::333333333333:role/sign-in/research-speech | people of the research team speech |',
  );
});

test('a role that is named for two things has two lines and one check', () => {
  const engineer = 'arn:aws:iam::222222222222:role/platform-engineer';
  const section = foreignRoles(
    sampleEnvironment({ input: { imageMirrorPrincipal: engineer, ingestPrincipal: engineer } }),
    2,
  );
  expect(checked(section, '222222222222').filter((role) => role === engineer)).toHaveLength(1);
  expect(section.match(/^\| arn:\S+platform-engineer \|/gm)).toHaveLength(2);
});

test('who assumes a role of ours is told which right that needs', () => {
  const right = (...roles: string[]): string =>
    JSON.stringify({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roles }, undefined, 2);
  expect(text).toContain(
    `\`${env.imageMirrorPrincipal}\`:\n\n\`\`\`json\n${right(
      'arn:aws:iam::222222222222:role/atoll-sample-production-image-mirror',
      'arn:aws:iam::333333333333:role/atoll-sample-research-image-mirror',
    )}`,
  );
  expect(text).toContain(
    `\`${env.ingestPrincipal}\`:\n\n\`\`\`json\n${right('arn:aws:iam::222222222222:role/atoll-sample-ingest')}`,
  );
});

test.each(['sh', 'bash'])(
  'the check tells in %s a role that is there from one that is not, or has another path',
  (shell) => {
    const there = 'arn:aws:iam::333333333333:role/sign-in/platform-viewer';
    const moved = 'arn:aws:iam::333333333333:role/elsewhere/research-speech';
    const stub = `#!/bin/sh
case "$*" in
  *platform-viewer*) echo ${there} ;;
  *research-speech*) echo ${moved} ;;
  *) exit 254 ;;
esac
`;
    writeFileSync(join(scratch, 'aws'), stub, { mode: 0o755 });
    const { stdout } = spawnSync(shell, ['-s'], {
      input: blockOf(text, '333333333333'),
      encoding: 'utf8',
      env: { PATH: `${scratch}:/usr/bin:/bin` },
    });
    expect(stdout.trimEnd().split('\n')).toEqual([
      'MISSING  arn:aws:iam::333333333333:role/sign-in/platform-admin',
      `there    ${there}`,
      'MISSING  arn:aws:iam::333333333333:role/sign-in/research-speech',
      'MISSING  arn:aws:iam::333333333333:role/sign-in/research-language',
    ]);
  },
);

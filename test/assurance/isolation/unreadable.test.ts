import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { proveIsolation } from '../../../assurance/isolation/prove';
import { readOutput } from '../../../assurance/output/output';
import { generateEnvironment } from '../../support/generate-environment';
import { temporaryFolder } from '../../support/temporary';
import { writeAudit } from '../../support/write-audit';
import { writeOutput } from '../../support/write-output';

// Enough that some are the same as two others, of whom alone policies are read.
const env = generateEnvironment(10);
const folder = temporaryFolder();
writeOutput(env, folder);

/** Findings where one template was changed on the disk, with paths shortened to the file's name. */
async function findingsWith(tenant: string, change: (text: string) => string): Promise<string[]> {
  await writeAudit(env, folder);
  const found = readOutput(folder, env.name).stacks.find(({ id }) => id === `tenant-${tenant}`);
  if (found === undefined) throw new Error(`no stack of ${tenant}`);
  const text = readFileSync(found.file, 'utf8');
  writeFileSync(found.file, change(text));
  try {
    const { findings } = await proveIsolation(env, readOutput(folder, env.name));
    return findings.map(
      ({ kind, subject, message }) => `${kind}: ${subject.replace(found.file, basename(found.file))}: ${message}`,
    );
  } finally {
    writeFileSync(found.file, text);
  }
}

const broken: readonly [string, (text: string) => string, RegExp][] = [
  ['ends early', (text) => text.slice(0, text.length / 2), /^not-understood: \S+json: is no JSON/],
  ['is empty', () => '', /^not-understood: \S+json: is no JSON/],
  ['lacks a comma in a resource', (text) => text.replace(/",\n {4}"/, '"\n    "'), /^not-understood: \S+: is no JSON/],
  [
    'lacks a comma between resources',
    (text) => text.replace('  },\n  "', '  }\n  "'),
    /^not-understood: \S+: is no JSON/,
  ],
  [
    'lacks a comma after the resources',
    (text) => text.replace('\n },\n', '\n }\n'),
    /^not-understood: \S+: is no JSON/,
  ],
  [
    'has a resource without a type',
    (text) => text.replace(/ {3}"Type": "AWS::SQS::Queue",\n/, ''),
    /: got a resource without a Type/,
  ],
  [
    'has a list of resources',
    (text) => text.replace(/"Resources": \{[^]*\n \}/, '"Resources": []'),
    /Resources: got \[\], allowed an object/,
  ],
];

const tenants = env.tenants.map(({ id }) => id);
test.each(broken)("any tenant's template that %s is a failure with its name", async (_, change, message) => {
  for (const tenant of [tenants.at(0), tenants.at(-1)]) {
    const found = await findingsWith(tenant ?? '', change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  }
});

import { beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames, loadNamed } from '../../environments';
import { attemptsOf, checkoutAt, type Machine, root, runAway } from '../support/away';
import { smallestEnvironment } from '../support/environments';
import { temporaryFolder } from '../support/temporary';
import { changedPaths, treeHashes } from '../support/tree';

const scratch = temporaryFolder();
/** The smallest and the last, which are one where there is one. */
const ENVIRONMENTS = [...new Set([smallestEnvironment(), ...environmentNames.slice(-1)])];

/** This checkout, on a machine that says as little as it can. */
const plain: Machine = {
  checkout: root,
  scratch: join(scratch, 'plain'),
  cwd: root,
  env: { PATH: '/usr/bin:/bin', HOME: join(scratch, 'plain', 'home'), TZ: 'UTC', LC_ALL: 'C' },
};
/** Another checkout, with another clock, zone, alphabet, user, umask, folder, and variables that CDK and the SDK listen to. */
const other: Machine = {
  checkout: join(scratch, 'other', 'a checkout'),
  scratch: join(scratch, 'other'),
  cwd: join(scratch, 'other', 'elsewhere'),
  preload: ['elsewhere.cjs'],
  options: ['--preserve-symlinks'],
  env: {
    PATH: '/nowhere',
    HOME: '/nowhere',
    USER: 'somebody',
    LOGNAME: 'somebody',
    HOSTNAME: 'elsewhere',
    TZ: 'Asia/Kathmandu',
    // Estonian: z comes before t, and capitals do not come first.
    LANG: 'et_EE.UTF-8',
    LC_ALL: 'et_EE.UTF-8',
    AWS_PROFILE: 'somebody',
    AWS_REGION: 'ap-south-1',
    AWS_DEFAULT_REGION: 'ap-south-2',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    CDK_CONTEXT_JSON: JSON.stringify({
      '@aws-cdk/aws-iam:minimizePolicies': false,
      '@aws-cdk/core:enablePartitionLiterals': false,
      '@aws-cdk/core:target-partitions': ['aws-cn'],
      '@aws-cdk/core:bootstrapQualifier': 'somebody',
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:version-reporting': true,
    }),
    CDK_DEFAULT_ACCOUNT: '210987654321',
    CDK_DEFAULT_REGION: 'ap-south-1',
    CDK_OUTDIR: join(scratch, 'other', 'cdk.out'),
    CI: 'true',
    NODE_ENV: 'production',
  },
};
const distOf = (machine: Machine): string => join(machine.scratch, 'dist');

async function synth(machine: Machine): Promise<void> {
  for (const env of ENVIRONMENTS) {
    const args = [join(machine.checkout, 'cli', 'bin.cjs'), 'synth', '-e', env, '-o', distOf(machine)];
    const { status, stderr } = await runAway(machine, args);
    expect({ env, status, stderr }).toEqual({ env, status: 0, stderr: '' });
  }
}

beforeAll(async () => {
  checkoutAt(other.checkout);
  await Promise.all([plain, other].map(synth));
});

test('two synths give the same bytes, whatever the clock, the zone, the alphabet, the user, the folder and the variables', () => {
  const [here, there] = [treeHashes(distOf(plain)), treeHashes(distOf(other))];
  for (const part of ENVIRONMENTS.flatMap((env) => [
    `cdk/${env}/`,
    `k8s/${env}/`,
    `prerequisites/${env}/PREREQUISITES.md`,
    `audit/${loadNamed(env).accounts.audit}/resources.json`,
  ]))
    expect([part, [...here.keys()].some((path) => path.startsWith(part))]).toEqual([part, true]);
  expect(changedPaths(here, there)).toEqual([]);
  // Folders too, and nothing that is neither file nor folder.
  const [entries, others] = [plain, other].map((machine) => readdirSync(distOf(machine), { recursive: true }).sort());
  expect(others).toEqual(entries);
});

test.each([plain, other])(
  'a synth attempts neither the network nor another program, even where it would catch the failure',
  (machine) => {
    expect(readFileSync(attemptsOf(machine), 'utf8')).toBe('');
  },
);

test.each([plain, other])('no file of the output names a path of the machine that made it', (machine) => {
  const naming = [...treeHashes(distOf(machine)).keys()].filter((path) => {
    const bytes = readFileSync(join(distOf(machine), path));
    return [root, scratch, machine.checkout].some((each) => bytes.includes(each));
  });
  expect(naming).toEqual([]);
});

test.each([plain, other])(
  'what is packed for Lambda is readable by whoever runs it there, whatever the umask',
  (machine) => {
    const packed = [...treeHashes(distOf(machine)).keys()].filter((path) => /\/asset\.[^/]+\//.test(path));
    // The handlers of the delivery, of the ledger, and of a door's targets where there is one.
    const handlers = ENVIRONMENTS.map((name) => (loadNamed(name).doors?.product === undefined ? 2 : 3));
    expect(packed.filter((path) => path.endsWith('/index.cjs')).length).toBe(
      handlers.reduce<number>((sum, one) => sum + one, 0),
    );
    const modes = packed.map((path) => statSync(join(distOf(machine), path)).mode & 0o777);
    expect([...new Set(modes)]).toEqual([0o644]);
  },
);

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BadEnvironment, tenant } from './bad-environment';

const ACME = 'tenants/acme.yaml';
/** Takes the place of a tenant that a grant names: only what is said of the file itself may be said. */
const inPlaceOf =
  (path: string, make: (path: string) => void): NonNullable<BadEnvironment['prepare']> =>
  (folder) => {
    rmSync(join(folder, path), { recursive: true });
    make(join(folder, path));
  };
const write =
  (path: string, content: string | Buffer): NonNullable<BadEnvironment['prepare']> =>
  (folder) => {
    writeFileSync(join(folder, path), content);
  };
const ENTRIES =
  "'index.ts', 'README.md', 'placement.lock.json', 'releases.lock.json', 'tenants', 'grants' or 'trainings'";

export const fileCases: readonly BadEnvironment[] = [
  {
    name: 'a folder in the place of a tenant',
    prepare: inPlaceOf(ACME, (path) => {
      mkdirSync(path);
    }),
    expected: ['environments/test/tenants/acme.yaml:1: file: got a folder, allowed a file; move it away'],
  },
  {
    name: 'a folder among the tenants',
    prepare: (folder) => {
      mkdirSync(join(folder, 'tenants', 'archive'));
    },
    expected: ['environments/test/tenants/archive:1: file: got a folder, allowed a file; move it away'],
  },
  {
    name: 'a pipe that nobody writes into',
    prepare: inPlaceOf(ACME, (path) => {
      execFileSync('mkfifo', [path]);
    }),
    expected: ['environments/test/tenants/acme.yaml:1: file: got a named pipe, allowed a file; move it away'],
  },
  {
    name: 'a link to a device',
    prepare: inPlaceOf(ACME, (path) => {
      symlinkSync('/dev/zero', path);
    }),
    expected: ['environments/test/tenants/acme.yaml:1: file: got a device, allowed a file; move it away'],
  },
  {
    name: 'a link to nothing',
    prepare: inPlaceOf(ACME, (path) => {
      symlinkSync('gone.yaml', path);
    }),
    expected: [
      'environments/test/tenants/acme.yaml:1: file: got a link to nothing, allowed a file; mend the link or remove it',
    ],
  },
  {
    name: 'a link to itself',
    prepare: inPlaceOf('grants/speech-one.yaml', (path) => {
      symlinkSync('speech-one.yaml', path);
    }),
    expected: [
      'environments/test/grants/speech-one.yaml:1: file: got a link that leads to itself, allowed a file; mend the link or remove it',
    ],
  },
  {
    name: 'a file of more than 1 MiB',
    prepare: (folder) => {
      truncateSync(join(folder, ACME), 1_048_577);
    },
    expected: [
      'environments/test/tenants/acme.yaml:1: file: got 1048577 bytes, at most 1048576; take out what does not belong there',
    ],
  },
  {
    name: 'a text in another encoding',
    prepare: write(ACME, Buffer.from('id: acme\nstate: active\n# Z\u00fcrich\n', 'latin1')),
    expected: [
      'environments/test/tenants/acme.yaml:3: file: got bytes that are no UTF-8, allowed a text in UTF-8; save it in that encoding',
    ],
  },
  {
    name: 'tenants that are a file',
    prepare: inPlaceOf('tenants', (path) => {
      writeFileSync(path, 'acme, birch\n');
    }),
    options: { tenant: 'acme' },
    expected: ['environments/test/tenants:1: file: got a file, allowed a folder; move it away'],
  },
  {
    name: 'grants that are a link to nothing',
    prepare: inPlaceOf('grants', (path) => {
      symlinkSync('../elsewhere', path);
    }),
    expected: ['environments/test/grants:1: file: got a link to nothing, allowed a folder; mend the link or remove it'],
  },
  {
    name: 'a misspelt folder of tenants',
    prepare: (folder) => {
      mkdirSync(join(folder, 'tenant'));
      write('tenant/cedar.yaml', tenant('cedar'))(folder);
    },
    expected: [
      `environments/test/tenant:1: file: got a name that nothing reads, allowed ${ENTRIES}; did you mean 'tenants'`,
    ],
  },
  {
    name: 'notes beside the index',
    prepare: write('budget.xlsx', ''),
    expected: [
      `environments/test/budget.xlsx:1: file: got a name that nothing reads, allowed ${ENTRIES}; move it away`,
    ],
  },
  {
    name: 'an index that is a folder',
    prepare: (folder) => {
      mkdirSync(join(folder, 'index.ts'));
    },
    input: { monthlyBudgetUsd: 0 },
    expected: [
      'environments/test/index.ts:1: file: got a folder, allowed a file; move it away',
      'environments/test/index.ts:1: monthlyBudgetUsd: got 0, at least 1; raise it',
    ],
  },
  {
    name: 'an environment without a folder',
    files: { 'tenants/acme.yaml': null, 'tenants/birch.yaml': null, 'grants/speech-one.yaml': null },
    prepare: (folder) => {
      rmSync(folder, { recursive: true, force: true });
    },
    expected: ['environments/test:1: file: got nothing, a folder is required; add it'],
  },
  {
    name: 'a hidden tenant',
    prepare: (folder) => {
      write('tenants/.cedar.yaml', tenant('cedar'))(folder);
      write('tenants/.yaml', tenant('dolmen'))(folder);
      write('tenants/.DS_Store', '')(folder);
      symlinkSync('ada@laptop.4711', join(folder, 'tenants', '.#acme.yaml'));
    },
    expected: [
      'environments/test/tenants/.cedar.yaml:1: file: got a hidden file, allowed names that do not begin with a dot; rename it or remove it',
      'environments/test/tenants/.yaml:1: file: got a hidden file, allowed names that do not begin with a dot; rename it or remove it',
    ],
  },
  {
    name: 'a name of two lines',
    prepare: write('tenants/a\nb.txt', ''),
    expected: [
      "environments/test/tenants/a\\u{a}b.txt:1: file: got a name that ends in '.txt', allowed files that end in '.yaml'; rename it or move it away",
    ],
  },
  {
    name: 'odd files beside faults of other kinds',
    input: { 'accounts.audit': '1234' },
    files: { 'tenants/birch.yaml': [['state: suspended', 'state: idle']] },
    prepare: (folder) => {
      renameSync(join(folder, ACME), join(folder, 'tenants', 'acme.old'));
      mkdirSync(join(folder, ACME));
    },
    expected: [
      "environments/test/index.ts:1: accounts.audit: got '1234', allowed an AWS account id: 12 digits; change it to that form",
      "environments/test/tenants/acme.old:1: file: got a name that ends in '.old', allowed files that end in '.yaml'; rename it or move it away",
      'environments/test/tenants/acme.yaml:1: file: got a folder, allowed a file; move it away',
      "environments/test/tenants/birch.yaml:2: state: got 'idle', allowed 'active', 'suspended', 'erasing' or 'erased'; choose one of them",
    ],
  },
  ...unreadable(),
];

/** Root reads what nobody may read, so it gets a file that the kernel refuses to hand out. */
function unreadable(): BadEnvironment[] {
  const root = process.getuid?.() === 0;
  if (root && process.platform !== 'linux') return [];
  const code = root ? 'EIO' : 'EACCES';
  return [
    {
      name: 'a file that cannot be read',
      prepare: root
        ? inPlaceOf(ACME, (path) => {
            symlinkSync('/proc/self/mem', path);
          })
        : (folder) => {
            chmodSync(join(folder, ACME), 0);
          },
      expected: [
        `environments/test/tenants/acme.yaml:1: file: got a file that cannot be read (${code}), allowed a file that can be read; mend its rights`,
      ],
    },
  ];
}

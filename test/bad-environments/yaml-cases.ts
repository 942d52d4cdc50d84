import { type BadEnvironment, tenant } from './bad-environment';

const ACME = 'tenants/acme.yaml';

export const yamlCases: readonly BadEnvironment[] = [
  {
    name: 'keys that are no words',
    files: { [ACME]: [['state: active', 'state: active\n? \n: empty\n"a b": spaced\n__proto__: odd']] },
    expected: [
      "environments/test/tenants/acme.yaml:4: ['']: got an unknown key, allowed 'id', 'state', 'region', 'data', 'models', 'isolation', 'serving', 'limits', 'monthlyBudgetUsd' or 'expectedMonth'; remove it",
      "environments/test/tenants/acme.yaml:6: ['a b']: got an unknown key, allowed 'id', 'state', 'region', 'data', 'models', 'isolation', 'serving', 'limits', 'monthlyBudgetUsd' or 'expectedMonth'; remove it",
      "environments/test/tenants/acme.yaml:7: __proto__: got an unknown key, allowed 'id', 'state', 'region', 'data', 'models', 'isolation', 'serving', 'limits', 'monthlyBudgetUsd' or 'expectedMonth'; remove it",
    ],
  },
  {
    name: 'a key twice',
    files: { [ACME]: [['state: active', 'state: active\nstate: suspended']] },
    expected: [
      'environments/test/tenants/acme.yaml:4: state: got the key twice, each key at most once; remove one of the two',
    ],
  },
  {
    name: 'a second file of a tenant with another ending',
    files: { 'tenants/birch.yml': tenant('birch') },
    expected: [
      "environments/test/tenants/birch.yml:1: file: got a name that ends in '.yml', allowed files that end in '.yaml'; rename it to 'birch.yaml'",
      "environments/test/tenants/birch.yml:1: id: got 'birch', allowed an id that environments/test/tenants/birch.yaml does not have; change the id or remove one of the two",
    ],
  },
  {
    name: 'a file that is no tenant',
    files: { 'tenants/notes.txt': 'call them back' },
    expected: [
      "environments/test/tenants/notes.txt:1: file: got a name that ends in '.txt', allowed files that end in '.yaml'; rename it or move it away",
    ],
  },
  {
    name: 'no YAML',
    files: { [ACME]: [['state: active', 'state: "active']] },
    expected: [
      'environments/test/tenants/acme.yaml:13: file: got no readable YAML (Missing closing "quote), allowed one YAML 1.2 document; correct the line',
    ],
  },
  {
    name: 'a tab for indentation',
    files: { [ACME]: [['    retentionDays: 90', '\tretentionDays: 90']] },
    expected: [
      'environments/test/tenants/acme.yaml:7: file: got no readable YAML (Tabs are not allowed as indentation), allowed one YAML 1.2 document; correct the line',
    ],
  },
  {
    name: 'an empty file',
    files: { [ACME]: '# nothing yet\n' },
    expected: ['environments/test/tenants/acme.yaml:1: file: got nothing, a mapping is required; add it'],
  },
  {
    name: 'a list instead of a mapping',
    files: { [ACME]: '- id: acme\n' },
    expected: ['environments/test/tenants/acme.yaml:1: file: got a list of 1, allowed a mapping; write a mapping'],
  },
  {
    name: 'aliases that unfold',
    files: { [ACME]: [['models:', 'colour: &a [1, 2]\nshade: [*a, *a]\nmodels:']] },
    expected: [
      'environments/test/tenants/acme.yaml:11: file: got an alias, no aliases; write the value out where it holds',
      'environments/test/tenants/acme.yaml:11: file: got an alias, no aliases; write the value out where it holds',
    ],
  },
  {
    name: 'a tag that YAML does not know',
    files: { [ACME]: [['state: active', 'state: !!js/function active']] },
    expected: [
      'environments/test/tenants/acme.yaml:3: file: got no readable YAML (Unresolved tag: tag:yaml.org,2002:js/function), allowed one YAML 1.2 document; correct the line',
    ],
  },
  {
    name: 'two documents in one file',
    files: { [ACME]: [['models:', '---\nmodels:']] },
    expected: [
      'environments/test/tenants/acme.yaml:10: file: got no readable YAML (a second document begins), allowed one YAML 1.2 document; correct the line',
    ],
  },
  {
    name: 'a file of 70,000 characters',
    files: { [ACME]: `# ${'x'.repeat(70_000)}\n` },
    expected: [
      'environments/test/tenants/acme.yaml:1: file: got 70003 characters, at most 65536; keep one tenant or one grant to a file',
    ],
  },
];

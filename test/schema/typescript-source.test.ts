import { describe, expect, test } from '@jest/globals';
import type { Path } from '../../schema/faults';
import { readTypeScript } from '../../schema/typescript-source';

/** The text of the line that the path leads to, without its indentation. */
function textAt(source: string, ...path: Path): string | undefined {
  return source.split('\n')[readTypeScript(source).lineOf(path) - 1]?.trim();
}

describe('the line of a fault in an index.ts', () => {
  const source = `import type { EnvironmentInput } from '../../schema/environment';

/** As those of \`environments/\` are written: { [ */
export default {
  name: 'one',
  network: {
    production: '10.16.0.0/16',
    research: '10.17.0.0/16',
    connectedNetwork: { transitGatewayId: 'tgw-1', cidrBlocks: ['10.200.0.0/16'] },
  },
  nodePools: [
    {
      name: 'gpu',
      families: ['g6', 'g5'],
      gpuLimit: 128,
    },
    {
      name: 'reserved',
      // Whole machines of 8 GPUs: { or not at all ].
      capacityTypes: ['reserved'],
      capacityReservations: ['cr-1'],
    },
  ],
  pipelines: [
    { name: 'video', pool: 'gpu' },
    {
      name: 'text',
      pool: 'cpu',
    },
  ],
  retention: {
    video: { minDays: 30, maxDays: 730 },
    text: { minDays: 30, maxDays: 1825 },
  },
  monthlyBudgetUsd: 250_000,
} satisfies EnvironmentInput;
`;

  test.each<[Path, string]>([
    [['network', 'research'], "research: '10.17.0.0/16',"],
    [
      ['network', 'connectedNetwork', 'cidrBlocks', 0],
      "connectedNetwork: { transitGatewayId: 'tgw-1', cidrBlocks: ['10.200.0.0/16'] },",
    ],
    [['nodePools', 1, 'name'], "name: 'reserved',"],
    [['nodePools', 1, 'capacityReservations', 0], "capacityReservations: ['cr-1'],"],
    [['pipelines', 1, 'pool'], "pool: 'cpu',"],
    [['pipelines', 0, 'pool'], "{ name: 'video', pool: 'gpu' },"],
    [['retention', 'text', 'minDays'], 'text: { minDays: 30, maxDays: 1825 },'],
  ])('at %j is that of the property', (path, line) => {
    expect(textAt(source, ...path)).toBe(line);
  });

  test('is that of the nearest thing around a property that is missing', () => {
    expect(textAt(source, 'pipelines', 1, 'batchWindowSeconds')).toBe('{');
    expect(textAt(source, 'nodePools', 40, 'name')).toBe('nodePools: [');
    expect(textAt(source, 'nowhere')).toBe('export default {');
    expect(textAt(source)).toBe('export default {');
  });

  test.each([
    ['an identifier', 'gpuLimit: 7000,'],
    ['in single quotes', "'gpuLimit': 7000,"],
    ['in double quotes', '"gpuLimit": 7000,'],
    ['computed from a text', "['gpuLimit']: 7000,"],
  ])('is that of a key that is %s', (_kind, line) => {
    const quoted = `export default {\n  'nodePools': [\n    {\n      name: 'gpu',\n      ${line}\n    },\n  ],\n};\n`;
    expect(textAt(quoted, 'nodePools', 0, 'gpuLimit')).toBe(line);
  });

  test('is that of the default export, whatever stands before it', () => {
    const after =
      "const pool = {\n  name: 'gpu',\n};\nconst x = { region: '{' };\nexport default {\n  name: 'dev',\n};\n";
    expect(textAt(after, 'name')).toBe("name: 'dev',");
    expect(textAt(after, 'region')).toBe('export default {');
  });

  test.each([
    ['satisfies', 'export default {', '} satisfies EnvironmentInput;'],
    ['as const', 'export default {', '} as const;'],
    ['parentheses', 'export default ({', '});'],
    ['a type in angle brackets', 'export default <EnvironmentInput>{', '};'],
    ['all of them', 'export default (({', '}) as const)! satisfies object;'],
    ['a constant', 'const dev: EnvironmentInput = {', '};\nexport default dev;'],
    ['a constant with satisfies on both', 'const dev = {', '} satisfies object;\nexport default dev as object;'],
    ['a name that is exported as the default', 'const dev = {', '};\nexport { dev as default };'],
    ['an assignment of CommonJS', 'const dev = {', '};\nexport = dev;'],
  ])('is found through %s', (_kind, before, after) => {
    const wrapped = `// { [\n${before}\n  region: 'x',\n  network: {\n    research: 'y',\n  },\n${after}\n`;
    expect(textAt(wrapped, 'network', 'research')).toBe("research: 'y',");
    expect(textAt(wrapped, 'network', 'production')).toBe('network: {');
    expect(textAt(wrapped, 'nowhere')).toBe(before);
  });

  describe('that is put together of constants', () => {
    const parts = `import { elsewhere } from './elsewhere';
const network = {
  production: 'a',
};
const shared = { logRetentionDays: 30,
  monthlyBudgetUsd: 1 };
const two = [
  { name: 'one' },
  { name: 'two' },
];
let later = { maxDays: 1 };
export default {
  ...elsewhere,
  ...shared,
  monthlyBudgetUsd: 2,
  network,
  zones: elsewhere,
  nodePools: [...two,
    { name: 'three' },
    ...elsewhere,
    { name: 'never' }],
  retention: later,
  get region() { return 'x'; },
};
`;

    test.each<[Path, string]>([
      [['network'], 'network,'],
      [['network', 'production'], "production: 'a',"],
      [['network', 'research'], 'const network = {'],
      [['logRetentionDays'], 'const shared = { logRetentionDays: 30,'],
      [['monthlyBudgetUsd'], 'monthlyBudgetUsd: 2,'],
      [['nodePools', 1, 'name'], "{ name: 'two' },"],
      [['nodePools', 2, 'name'], "{ name: 'three' },"],
      [['nodePools', 4, 'name'], 'nodePools: [...two,'],
      [['zones', 0], 'zones: elsewhere,'],
      [['retention', 'maxDays'], 'retention: later,'],
      [['region', 'length'], "get region() { return 'x'; },"],
    ])('at %j is that of what is written nearest', (path, line) => {
      expect(textAt(parts, ...path)).toBe(line);
    });
  });

  test.each([
    ['nothing', '', 1],
    ['no default export', '\nexport const dev = { name: 1 };', 1],
    ['a default that comes from elsewhere', "\nexport { default } from './dev';", 2],
    ['a function', '\n\nexport default make({\n  name: 1,\n});', 3],
    ['constants of each other', 'const a = b;\nconst b = a;\nexport default a;', 2],
    ['an object that spreads itself', 'const a = {\n  ...a,\n};\nexport default a;', 1],
    ['a slip of the pen', '\nexport default {\n  name: ,\n', 3],
  ])('of %s is the nearest there is', (_kind, text, line) => {
    expect(readTypeScript(text).lineOf(['name'])).toBe(line);
  });
});

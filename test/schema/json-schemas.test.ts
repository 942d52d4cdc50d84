import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { environmentFolder, environmentInputs, environmentNames } from '../../environments';
import { jsonSchemas } from '../../schema/json-schemas';
import { schemaFaults } from './json-schema-faults';

const FOLDER = join(__dirname, '../../schema/json');
const schemas = jsonSchemas();
/** Formats stand beside a pattern that says the same; the package that checks them by name is not needed. */
const ajv = new Ajv2020({ allErrors: true, validateFormats: false });

function validator(file: string): ReturnType<typeof ajv.compile> {
  return ajv.compile(JSON.parse(schemas[file] ?? 'null') as object);
}

test('the committed JSON Schemas are the generated ones; `npm run schemas` writes them', () => {
  const committed = readdirSync(FOLDER).sort();
  expect(committed).toEqual(Object.keys(schemas).sort());
  for (const file of committed) expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(schemas[file]);
});

describe('the JSON Schemas', () => {
  const validate = {
    tenants: validator('tenant.schema.json'),
    grants: validator('grant.schema.json'),
    trainings: validator('training.schema.json'),
    environment: validator('environment.schema.json'),
  };

  test.each(environmentNames)(
    'accept every file of %s, and one that names its schema for editors names the right one',
    (name) => {
      expect([validate.environment(environmentInputs[name]), validate.environment.errors]).toEqual([true, null]);
      for (const [kind, one] of [
        ['tenants', 'tenant'],
        ['grants', 'grant'],
        ['trainings', 'training'],
      ] as const) {
        const folder = join(environmentFolder(name), kind);
        for (const file of existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.yaml')) : []) {
          const text = readFileSync(join(folder, file), 'utf8');
          for (const [, named] of text.matchAll(/^# yaml-language-server: \$schema=(.*)$/gm))
            expect([file, named]).toEqual([file, `../../../schema/json/${one}.schema.json`]);
          expect([file, validate[kind](parse(text)), validate[kind].errors]).toEqual([file, true, null]);
        }
      }
    },
  );

  test('refuse what the schemas refuse', () => {
    expect(validate.tenants({ id: 'acme', state: 'idle', data: [], colour: 'blue' })).toBe(false);
    const said = validate.tenants.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`).sort();
    expect(said).toEqual([
      ' must NOT have additional properties',
      " must have required property 'monthlyBudgetUsd'",
      " must have required property 'region'",
      '/data must NOT have fewer than 1 items',
      '/state must be equal to one of the allowed values',
    ]);
  });
});

describe('what a file may say', () => {
  test.each(Object.keys(schemas))('is said and bounded in every field of %s', (file) => {
    expect(schemaFaults(JSON.parse(schemas[file] ?? 'null'))).toEqual([]);
  });

  test('is not said where a description, a bound or a key is left open', () => {
    const described = { description: 'Long enough.' };
    const properties = {
      bare: { type: 'string', maxLength: 3 },
      short: { type: 'boolean', description: ' short     ' },
      count: { type: 'integer', minimum: 0, ...described },
      endless: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, ...described },
      share: { type: 'number', ...described },
      text: { type: 'string', minLength: 1, ...described },
      open: { type: 'object', properties: {}, ...described },
      list: { type: 'array', items: { type: 'string' }, ...described },
      loose: { type: 'array', ...described },
      either: { anyOf: [{ type: 'number', const: 1 }, { type: 'number' }], ...described },
      unknown: described,
    };
    expect(schemaFaults({ type: 'object', properties, additionalProperties: {} })).toEqual([
      'the whole: takes unknown keys',
      'bare: no description',
      'short: no description',
      'count: integer without bounds',
      'endless: maximum is no limit',
      'share: number without bounds',
      'text: string without bounds',
      'open: takes unknown keys',
      'list[]: string without bounds',
      'loose: items of any kind',
      'either|1: number without bounds',
      'unknown: takes anything',
    ]);
  });
});

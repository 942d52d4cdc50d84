import { expect, test } from '@jest/globals';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
/** No such file is there: the compiler is given its text. */
const FILE = join(ROOT, 'test/schema/made-up-training.ts');

const HEAD = `import { callOutcome, diarizer, sceneTagger, speechRecognizer } from '../../environments/models';
import type { ModelTypeInput } from '../../schema/model-type';
import type { DataClass } from '../../schema/vocabulary';
import { grantData, modelOfAll, modelOfTenant, tenantData, trainingSpec } from '../../schema/training-spec';
declare const anyTenant: string;
declare const oneOfTwo: 'acme' | 'birch';
declare const anyClasses: DataClass[];
declare const anyOfTenants: Extract<ModelTypeInput, { scope: 'tenant' }>;
const calls = modelOfTenant(callOutcome, 'acme');
const speech = modelOfAll(speechRecognizer);
`;

/** Specs by whether they compile, one a line. */
const COMPILE: Readonly<Record<string, string>> = {
  "a tenant's model on classes of its own data": "trainingSpec(calls, tenantData('acme', ['audio']));",
  'a common model on what a grant for training opens':
    "trainingSpec(speech, grantData('any', { purpose: 'model-training', classes: ['audio'] }));",
  'a common model on no data': 'trainingSpec(modelOfAll(diarizer));',
};
const DO_NOT: Readonly<Record<string, string>> = {
  "another tenant's data": "trainingSpec(calls, tenantData('birch', ['audio']));",
  'one class too many': "trainingSpec(calls, tenantData('acme', ['audio', 'text']));",
  'another class': "trainingSpec(modelOfTenant(sceneTagger, 'acme'), tenantData('acme', ['audio']));",
  'classes that the compiler does not know': "trainingSpec(calls, tenantData('acme', anyClasses));",
  "a grant's data for a tenant's model":
    "trainingSpec(calls, grantData('any', { purpose: 'model-training', classes: ['audio'] }));",
  "a tenant's data without a grant for a common model": "trainingSpec(speech, tenantData('acme', ['audio']));",
  'a grant for another purpose':
    "trainingSpec(speech, grantData('any', { purpose: 'annotation', classes: ['audio'] }));",
  'a grant that opens a class too many':
    "trainingSpec(speech, grantData('any', { purpose: 'model-training', classes: ['audio', 'text'] }));",
  'a corpus that the model may not be trained on':
    "trainingSpec(speech, grantData('any', { purpose: 'model-training', corpora: ['dialects'] }));",
  "tenants' data for a model that works as it was published":
    "trainingSpec(modelOfAll(diarizer), grantData('any', { purpose: 'model-training', classes: ['audio'] }));",
  "a common model type as a tenant's": "modelOfTenant(speechRecognizer, 'acme');",
  "a tenant's model type as common": 'modelOfAll(callOutcome);',
  'data of a tenant that the compiler does not know': "tenantData(anyTenant, ['audio']);",
  'data of one of two tenants': "tenantData(oneOfTwo, ['audio']);",
  'a model of one of two tenants': 'modelOfTenant(callOutcome, oneOfTwo);',
  'a model type whose scope the compiler does not know': "modelOfTenant(anyOfTenants, 'acme');",
  'data that no maker made': "trainingSpec(calls, { kind: 'tenant', tenant: 'acme', classes: ['audio'] });",
  'a model that no maker made':
    "trainingSpec({ scope: 'tenant', type: 'any', tenant: 'acme', classes: ['audio'] }, tenantData('acme', ['audio']));",
};

/** Lines of a text, counted from 1, that do not compile. */
function wrongLines(text: string): number[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost({ ...options, noEmit: true, types: [] });
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (path) => resolve(path) === FILE || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    resolve(path) === FILE ? ts.createSourceFile(path, text, version) : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([FILE], { ...options, noEmit: true, types: [] }, host);
  const source = program.getSourceFile(FILE);
  if (source === undefined) throw new Error(`${FILE}: got nothing, expected the text that was given`);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return [...new Set(found.map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line + 1))];
}

test('a spec whose data is wider than its model does not compile, and every other one does', () => {
  const good = Object.entries(COMPILE);
  const bad = Object.entries(DO_NOT);
  const first = HEAD.split('\n').length;
  const wrong = wrongLines(`${HEAD}${[...good, ...bad].map(([, text]) => text).join('\n')}\n`);
  const told = [...good, ...bad].filter((_, i) => wrong.includes(first + i)).map(([what]) => what);
  expect(told).toEqual(bad.map(([what]) => what));
  expect(wrong).toHaveLength(bad.length);
}, 60_000);

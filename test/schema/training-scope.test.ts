import { expect, test } from '@jest/globals';
import { checkScope, type ScopeContext } from '../../schema/training/check-scope';
import type { CommonModelType } from '../../schema/model-type';
import type { Sparse } from '../../schema/sparse';

const context = (sources: readonly string[], classes: readonly 'audio'[] = []): ScopeContext => ({
  env: {
    sources: [
      { kind: 'corpus', id: 'dialects' },
      { kind: 'corpus', id: 'accents' },
      { kind: 'relational', id: 'orders' },
    ],
  },
  grants: [{ id: 'any', team: 'speech', purpose: 'model-training', classes, sources }],
});

function said(type: Sparse<CommonModelType>, within: ScopeContext): string[] {
  const lines: string[] = [];
  checkScope(
    { scope: 'common', team: 'speech', type },
    { kind: 'grant', grant: 'any' },
    within,
    (path, got, allowed) => {
      lines.push(`${path.join('.')}: got ${got}, ${allowed}`);
    },
  );
  return lines;
}

const trainedOn = (corpora: readonly string[]): Sparse<CommonModelType> => ({
  id: 'recognizer',
  scope: 'common',
  training: { corpora, grantedClasses: [] },
});

test('a corpus of the model type is within its scope', () => {
  expect(said(trainedOn(['dialects']), context(['dialects']))).toEqual([]);
  expect(said(trainedOn(['dialects', 'accents']), context(['dialects']))).toEqual([]);
});

test('another corpus and every relational source are beyond it, one fault each', () => {
  expect(said(trainedOn(['dialects']), context(['accents', 'dialects', 'orders']))).toEqual([
    "data.grant: got 'any', which opens the corpus 'accents', allowed 'dialects' of corpora, which 'recognizer' may be trained on",
    "data.grant: got 'any', which opens the relational source 'orders', allowed 'dialects' of corpora, which 'recognizer' may be trained on",
  ]);
});

test('a model type that works as it was published takes no data', () => {
  expect(said(trainedOn([]), context(['dialects'], ['audio']))).toEqual([
    "data.grant: got 'any', which opens class 'audio', allowed none of tenants' classes, which 'recognizer' may be trained on",
    "data.grant: got 'any', which opens the corpus 'dialects', allowed none of corpora, which 'recognizer' may be trained on",
  ]);
});

test('what of a model type or a grant is not known is not held against its author', () => {
  expect(said({ id: 'recognizer', scope: 'common' }, context(['dialects'], ['audio']))).toEqual([]);
  expect(said(trainedOn([]), { env: {}, grants: [{ id: 'any' }] })).toEqual([]);
});

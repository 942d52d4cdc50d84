import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { renderKubernetes } from '../../infra/k8s/render';
import { researchFile } from '../../infra/k8s/research-chart';
import type { RenderedFile } from '../../infra/rendered';
import { sampleEnvironment, sampleGrants, sampleInput } from '../support/sample-environment';

const env = sampleEnvironment();
const researchFiles = (of = env): readonly RenderedFile[] =>
  renderKubernetes(of).files.filter(({ key }) => key.startsWith('research/'));

test('each team has one file on the research cluster, owned by the platform', () => {
  expect(researchFiles().map(({ cluster, key, owner }) => ({ cluster, key, owner }))).toEqual([
    { cluster: 'research', key: 'research/speech.yaml', owner: { kind: 'platform' } },
    { cluster: 'research', key: 'research/language.yaml', owner: { kind: 'platform' } },
  ]);
});

test('every object of a team lies in its namespace', () => {
  for (const team of env.researchTeams) {
    const { file, objects } = researchFile(env, team);
    expect(parseAllDocuments(file.text)).toHaveLength(objects.length);
    const places = objects.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace));
    expect(new Set(places)).toEqual(new Set([`research-${team.id}`]));
  }
});

test('a grant changes the file of its own team only, by its own service account, the scope that its pods are told and their network policy', () => {
  const without = sampleEnvironment({ grants: sampleGrants.filter(({ id }) => id !== 'speech-eval') });
  const [before, after] = [researchFiles(without), researchFiles()];
  const changed = after.filter(({ key, text }) => before.find((file) => file.key === key)?.text !== text);
  expect(changed.map(({ key }) => key)).toEqual(['research/speech.yaml']);
  const count = (files: readonly RenderedFile[]): number =>
    files.reduce((sum, { text }) => sum + parseAllDocuments(text).length, 0);
  expect(count(after) - count(before)).toBe(3);
});

test('a team that goes takes its file with it and changes no other', () => {
  const input = { researchTeams: sampleInput.researchTeams.filter(({ id }) => id === 'speech') };
  const fewer = sampleEnvironment({ input, grants: sampleGrants.filter(({ team }) => team === 'speech') });
  expect(researchFiles(fewer)).toEqual(researchFiles().filter(({ key }) => key === 'research/speech.yaml'));
});

test('a tenant that goes changes no file of a team', () => {
  const fewer = sampleEnvironment({ tenants: [], grants: sampleGrants });
  expect(researchFiles(fewer)).toEqual(researchFiles());
});

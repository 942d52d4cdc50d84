import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { environmentNames, loadNamed } from '../../environments';
import { atoll, failure } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

/** Any environment with a team and a common model: all of both may be renamed, come and go. */
const [found] = environmentNames.flatMap((name) => {
  const { researchTeams, models } = loadNamed(name);
  const [team] = researchTeams;
  const [model] = models.filter(({ scope }) => scope === 'common');
  return team === undefined || model === undefined ? [] : [{ name, team: team.id, model: model.id }];
});
if (found === undefined) throw new Error('environments: got no team and common model, allowed one or more; add them');
const { name, team, model } = found;

const file = join(temporaryFolder(), 'training.yaml');
const training = { name: 'any', team, model, image: 'any:1.0.0', command: ['torchrun', 'train.py'] };

test('atoll train prints the Job of a training', () => {
  writeFileSync(file, stringify(training));
  const { status, stdout, stderr } = atoll(['train', '-e', name, file]);
  expect([status, stderr]).toEqual([0, '']);
  expect(parse(stdout)).toMatchObject({
    kind: 'Job',
    metadata: { generateName: 'train-any-', namespace: `research-${team}` },
    spec: { suspend: true, completionMode: 'Indexed' },
  });
});

test('atoll train says what is wrong with a training, and prints nothing', () => {
  writeFileSync(file, stringify({ ...training, nodes: 0 }));
  expect(atoll(['train', '-e', name, file])).toEqual(
    failure(
      `training.yaml:${stringify(training).trimEnd().split('\n').length + 1}: nodes: got 0, at least 1; raise it`,
    ),
  );
  expect(atoll(['train', '-e', name, `${file}.gone`])).toEqual(
    failure(`${file}.gone: got nothing, a file is required; add it`),
  );
});

import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PURPOSE_TAG, TICKET_TAG } from '../../constructs/aws/data-access/grant-trust';
import { catalogueNames, grantNames, teamStoreNames } from '../../schema/access-names';
import { datasetScope } from '../../schema/dataset-scope';
import { clusterNames, teamNames } from '../../schema/names';
import { readRecipe } from '../../schema/read-recipe';
import { researchTrainingSchema } from '../../schema/training/research-training';
import { EXIT } from '../../services/dataset-builder/refusal';
import { PROJECT } from '../support/command-line';
import { sampleEnvironment } from '../support/sample-environment';

const text = readFileSync(join(PROJECT, 'docs/reading-data.md'), 'utf8');
const yamls = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)];
/** An environment whose names are the placeholders of the document. */
const placeholders = {
  name: '<env>',
  region: '<region>',
  accounts: { management: '<management>', production: '<production>', research: '<account>', audit: '<audit>' },
};

describe('what docs/reading-data.md says', () => {
  test('of a recipe is one that a grant of its class takes', () => {
    const [, recipe = ''] = yamls.find(([, block]) => block?.includes('maxGiB:')) ?? [];
    const [grant] = sampleEnvironment().grants.filter(({ classes }) => classes.includes('audio'));
    const scope = grant && datasetScope(sampleEnvironment(), grant);
    if (scope === undefined) throw new Error('got no grant of audio in the sample, expected one');
    expect(readRecipe(recipe, 'recipe.yaml', scope)).toMatchObject({ sample: 20_000, maxGiB: 200, seed: 7 });
  });

  test('of a training is one that atoll train takes', () => {
    const [, training = ''] = yamls.find(([, block]) => block?.includes('model:')) ?? [];
    expect(researchTrainingSchema.parse(parse(training))).toMatchObject({ nodes: 2, gpus: 1, maxHours: 24 });
    expect(text).toContain(`--from=cronjob/${teamNames.trainingTemplate()}`);
  });

  test('of names is what they are', () => {
    for (const name of [
      clusterNames.cluster(placeholders, 'research'),
      grantNames.workGroup(placeholders, '<grant>'),
      grantNames.sessionRoleArn(placeholders, '<grant>'),
      `s3://${teamStoreNames.bucket(placeholders, '<team>')}/${teamStoreNames.datasetsPrefix('<grant>')}<path>`,
      `${catalogueNames.database({ ...placeholders, name: 'example' }, 'made-up-bank', 'audio')}.${catalogueNames.recordsTable}`,
      `${catalogueNames.corpusDatabase({ ...placeholders, name: 'example' }, 'industry-codes')}.${catalogueNames.corpusTable('industry-codes')}`,
      `serviceAccountName: ${teamNames.grantServiceAccount('<grant>')}`,
      `ConfigMap \`${teamNames.grantScope('<grant>')}\``,
      `--namespace ${teamNames.namespace('<team>')}`,
    ])
      expect(text).toContain(name);
  });

  test('of tags and exit codes is what they are', () => {
    expect(text).toContain(
      `--tags Key=${PURPOSE_TAG},Value=<purpose of the grant> Key=${TICKET_TAG},Value=<ticket of the grant>`,
    );
    expect(text).toContain(
      `ends with ${EXIT.recipe} where the recipe is beyond the grant, with ${EXIT.closed} where the grant or a tenant is closed, with ${EXIT.empty} where nothing matches`,
    );
  });
});

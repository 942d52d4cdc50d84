import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCOPE_FILE } from '../../schema/dataset-scope';
import { LONGEST_RUN_SECONDS } from '../../schema/job-runs';
import { clusterNames, teamNames } from '../../schema/names';
import {
  WORKBENCH_EXITS,
  WORKBENCH_HOME,
  WORKBENCH_HOURS,
  WORKBENCH_IDLE_MINUTES,
  WORKBENCH_LOG,
  WORKBENCH_PORT,
} from '../../schema/workbench';
import { PROJECT } from '../support/command-line';

const text = readFileSync(join(PROJECT, 'docs/research.md'), 'utf8');

test('docs/research.md says names as they are', () => {
  for (const name of [
    clusterNames.cluster({ name: '<env>', region: '<region>', accounts: {} } as never, 'research'),
    `--namespace ${teamNames.namespace('<team>')} logs job/<name> | npx atoll workbench open`,
    `port-forward job/<name> ${WORKBENCH_PORT}:${WORKBENCH_PORT}`,
    `/etc/atoll/scope/${SCOPE_FILE}`,
    `\`${WORKBENCH_HOME}/${WORKBENCH_LOG}\``,
  ])
    expect(text).toContain(name);
});

test('docs/research.md says times and codes as they are', () => {
  expect(text).toContain(`after \`--idle-minutes\`, ${WORKBENCH_IDLE_MINUTES.usual} if you say nothing`);
  expect(text).toContain(
    `after \`--hours\`, ${WORKBENCH_HOURS.usual} if you say nothing; ${WORKBENCH_HOURS.most} most`,
  );
  expect(text).toContain(`on a training pool, for ${LONGEST_RUN_SECONDS.training / 86_400} days at most`);
  expect(text).toContain(`the Job failed with ${WORKBENCH_EXITS.server}`);
});

import type { Environment } from '../../schema/model';
import { placeModels } from '../../schema/placement/place';
import { NO_PLACEMENTS } from '../../schema/placement/placement-record';
import type { ReleaseRecord } from '../../schema/releases';
import { sampleEnvironment, sampleGrants, sampleTenants } from './sample-environment';
import { adapter, baseModel, commonModel, head } from './sample-models';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** All but the head of birch, which no person has approved yet. */
export const RELEASES: ReleaseRecord = {
  common: { speech: digest('1'), 'language-model': digest('2') },
  tenants: {
    acme: { topics: digest('a'), replies: digest('b') },
    birch: { replies: digest('c') },
    dahlia: { topics: digest('d') },
  },
};

/**
 * The sample with model servers: acme and birch share one of each engine, dahlia has its own, and cedar-health is suspended and had a head.
 */
export function servingEnvironment(): Environment {
  const [acme, birch, cedar] = sampleTenants;
  if (acme === undefined || birch === undefined || cedar === undefined) throw new Error('the sample has three tenants');
  const text = { class: 'text', retentionDays: 60 } as const;
  const env = sampleEnvironment({
    input: {
      models: [
        commonModel('speech', 'text', 'Speech recognition that serves every tenant.'),
        baseModel('language-model', 'The base of adapters, common to all tenants.'),
        head('topics', ['text'], "Topics of one tenant's notes and mails.", 'speech'),
        adapter('replies', "Answers in one tenant's tone."),
      ],
      servingPools: [
        { name: 'triton', engine: 'triton', nodePool: 'serving-gpu', maxServers: 2 },
        { name: 'vllm', engine: 'vllm', nodePool: 'serving-gpu', maxServers: 2 },
      ],
    },
    tenants: [
      { ...acme, models: ['topics', 'replies'] },
      { ...birch, models: ['topics', 'replies'] },
      { ...cedar, data: [...cedar.data, text], models: ['topics'] },
      {
        id: 'dahlia',
        state: 'active',
        region: 'eu-central-1',
        data: [text],
        models: ['topics'],
        serving: 'dedicated',
        monthlyBudgetUsd: 900,
      },
    ],
    grants: sampleGrants,
  });
  return Object.freeze({ ...env, placement: placeModels(env, NO_PLACEMENTS).record, releases: RELEASES });
}

import type { BadEnvironment } from './bad-environment';

export const environmentCases: readonly BadEnvironment[] = [
  {
    name: 'a name unlike the folder',
    input: { name: 'other' },
    expected: [
      "environments/test/index.ts:1: name: got 'other', allowed 'test', the name of its folder; rename one of the two",
    ],
  },
  {
    name: 'a role that mirrors images which is no role',
    input: { imageMirrorPrincipal: 'arn:aws:iam::100000000008:user/pipeline' },
    expected: [
      "environments/test/index.ts:1: imageMirrorPrincipal: got 'arn:aws:iam::100000000008:user/pipeline', allowed the ARN of an IAM role; change it to that form",
    ],
  },
  {
    name: 'an unknown key',
    input: { 'clusters.production.systemNode': { min: 2 } },
    expected: [
      "environments/test/index.ts:1: clusters.production.systemNode: got an unknown key, allowed 'kubernetesVersion', 'systemNodes', 'administrators' or 'viewers'; did you mean 'systemNodes'",
    ],
  },
  {
    name: 'an unknown Kubernetes version',
    input: { 'clusters.production.kubernetesVersion': '1.29' },
    expected: [
      "environments/test/index.ts:1: clusters.production.kubernetesVersion: got '1.29', allowed '1.35' or '1.36'; choose one of them",
    ],
  },
  {
    name: 'more system nodes at least than at most',
    input: { 'clusters.research.systemNodes': { min: 5, max: 3 } },
    expected: [
      'environments/test/index.ts:1: clusters.research.systemNodes.min: got 5, at most 3, the max; lower it or raise max',
    ],
  },
  {
    name: 'bounds of retention the wrong way round',
    input: { 'retention.video': { minDays: 60, maxDays: 30 } },
    expected: [
      'environments/test/index.ts:1: retention.video.minDays: got 60, at most 30, the maxDays; lower it or raise maxDays',
    ],
  },
  {
    name: 'a data class without bounds',
    input: { 'retention.video': null },
    expected: ['environments/test/index.ts:1: retention.video: got nothing, a mapping is required; add it'],
  },
  {
    name: 'a log retention that is not offered',
    input: { logRetentionDays: 100 },
    expected: [
      'environments/test/index.ts:1: logRetentionDays: got 100, allowed 30, 90, 180, 365 or 731; choose one of them',
    ],
  },
  {
    name: 'system nodes without room for the controllers',
    input: { 'clusters.production.systemNodes': { instanceType: 'c7g.large', min: 2 } },
    expected: [
      'environments/test/index.ts:1: clusters.production.systemNodes: got 2 x c7g.large, which leave 2698m CPU and 4062 MiB to the controllers, at least 2680m and 9812 MiB; raise min or take a larger instanceType',
    ],
  },
  {
    name: 'a model type twice in the catalogue',
    input: { 'models.2.id': 'call-outcome' },
    expected: ["environments/test/index.ts:1: models[2].id: got 'call-outcome' again, each at most once; change it"],
  },
  {
    name: 'a runbook over plain HTTP',
    input: { runbookUrl: 'http://wiki.example.com/runbook' },
    expected: [
      "environments/test/index.ts:1: runbookUrl: got 'http://wiki.example.com/runbook', allowed an https address without an anchor, at most 256 characters; change it to that form",
    ],
  },
  {
    name: 'a runbook with an anchor of its own',
    input: { runbookUrl: 'https://wiki.example.com/runbook#top' },
    expected: [
      "environments/test/index.ts:1: runbookUrl: got 'https://wiki.example.com/runbook#top', allowed an https address without an anchor, at most 256 characters; change it to that form",
    ],
  },
  {
    name: 'retired ids that no tenant can have had, and one twice',
    input: { retiredTenantIds: ['gone-labs', 'Gone_Labs', 'gone-labs'] },
    expected: [
      "environments/test/index.ts:1: retiredTenantIds[1]: got 'Gone_Labs', allowed lower-case letters, digits and single hyphens, beginning with a letter; change it to that form",
      "environments/test/index.ts:1: retiredTenantIds[2]: got 'gone-labs' again, each at most once; remove it",
    ],
  },
  {
    name: 'numbers beyond all that is sensible',
    input: {
      monthlyBudgetUsd: 10_000_001,
      'researchTeams.0.monthlyBudgetUsd': 1e300,
      'retention.video': { minDays: 0, maxDays: 36_500 },
    },
    files: { 'tenants/birch.yaml': [['monthlyBudgetUsd: 50', 'monthlyBudgetUsd: 1000001']] },
    expected: [
      'environments/test/index.ts:1: monthlyBudgetUsd: got 10000001, at most 10000000; lower it',
      'environments/test/index.ts:1: researchTeams[0].monthlyBudgetUsd: got 1e+300, at most 1000000; lower it',
      'environments/test/index.ts:1: retention.video.maxDays: got 36500, at most 3650; lower it',
      'environments/test/index.ts:1: retention.video.minDays: got 0, at least 1; raise it',
      'environments/test/tenants/birch.yaml:10: monthlyBudgetUsd: got 1000001, at most 1000000; lower it',
    ],
  },
];

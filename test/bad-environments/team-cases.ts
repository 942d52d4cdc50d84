import type { BadEnvironment } from './bad-environment';

export const teamCases: readonly BadEnvironment[] = [
  {
    name: 'a team twice',
    input: { 'researchTeams.1.id': 'speech' },
    expected: ["environments/test/index.ts:1: researchTeams[1].id: got 'speech' again, each at most once; change it"],
  },
  {
    name: 'two teams of a group and a role',
    input: {
      'researchTeams.1.group': 'ml-speech',
      'researchTeams.1.roleArn': 'arn:aws:iam::100000000003:role/team-speech',
    },
    expected: [
      "environments/test/index.ts:1: researchTeams[1].group: got 'ml-speech' again, each at most once; change it",
      "environments/test/index.ts:1: researchTeams[1].roleArn: got 'arn:aws:iam::100000000003:role/team-speech' again, each at most once; change it",
    ],
  },
  {
    name: 'guarantees beyond what the research pools may hold',
    input: { 'researchTeams.0.gpus': 9, 'researchTeams.0.memoryGiB': 500, 'researchTeams.1.cpu': 121 },
    expected: [
      "environments/test/index.ts:1: researchTeams[0].gpus: got 9, at most 8, which the gpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].cpu: got 121, at most 120, which the cpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].gpus: got 1, at most 0, which the gpuLimit of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
      "environments/test/index.ts:1: researchTeams[1].memoryGiB: got 32, at most 12, which the memoryLimitGiB of the research pools leaves to it; lower a team's guarantee or raise a pool's limit",
    ],
  },
  {
    name: "a team's role in another account",
    input: { 'researchTeams.1.roleArn': 'arn:aws:iam::100000000002:role/team-vision' },
    expected: [
      "environments/test/index.ts:1: researchTeams[1].roleArn: got 'arn:aws:iam::100000000002:role/team-vision', allowed a role of the research account '100000000003'; name a role of that account",
    ],
  },
];

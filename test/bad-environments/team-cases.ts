import type { BadEnvironment } from './bad-environment';

const LINE = 'environments/test/index.ts:1:';
const ONCE = 'each role once, since EKS has one access entry for it';
const role = (account: number, name: string): string => `arn:aws:iam::10000000000${account}:role/${name}`;

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
  {
    name: 'a role that administers a cluster and views it, and one that views it twice',
    input: {
      'clusters.production.administrators': [role(2, 'admin'), role(2, 'engineer')],
      'clusters.production.viewers': [role(2, 'reader'), role(2, 'admin'), role(2, 'reader')],
      'clusters.research.viewers': [role(2, 'admin')],
    },
    expected: [
      `${LINE} clusters.production.viewers[1]: got '${role(2, 'admin')}', which clusters.production.administrators[0] has, ${ONCE}; remove one of the two`,
      `${LINE} clusters.production.viewers[2]: got '${role(2, 'reader')}', which clusters.production.viewers[0] has, ${ONCE}; remove one of the two`,
    ],
  },
  {
    name: 'teams whose role administers the research cluster or views it',
    input: {
      'clusters.research.administrators': [role(3, 'team-speech')],
      'clusters.research.viewers': [role(3, 'team-vision')],
    },
    expected: [
      `${LINE} researchTeams[0].roleArn: got '${role(3, 'team-speech')}', which clusters.research.administrators[0] has, ${ONCE}; give the team a role of its own`,
      `${LINE} researchTeams[1].roleArn: got '${role(3, 'team-vision')}', which clusters.research.viewers[0] has, ${ONCE}; give the team a role of its own`,
    ],
  },
];

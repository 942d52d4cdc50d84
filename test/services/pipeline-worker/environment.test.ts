import { describe, expect, test } from '@jest/globals';
import { readWorkerEnvironment } from '../../../schema/read-worker-environment';
import { run } from '../../../services/pipeline-worker/run';
import { VARIABLES } from './sample';

async function ran(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(...line.split('\n'));
  };
  const code = await run({ variables, signal: new AbortController().signal, write: say, complain: say });
  return { code, lines };
}
const withStages = (stages: unknown): Record<string, string> => ({
  ...VARIABLES,
  ATOLL_STAGES: typeof stages === 'string' ? stages : JSON.stringify(stages),
});

describe('the environment of a worker', () => {
  test('is read with its stages, whose time is an hour by default, and without any other variable', () => {
    const environment = readWorkerEnvironment({ ...VARIABLES, PATH: '/bin' });
    expect(environment).toEqual({
      ...VARIABLES,
      ATOLL_STAGES: [{ name: 'read', command: ['read-it'], timeoutSeconds: 3600 }],
    });
  });

  test('that is missing is one error with every variable of it, and code 64', async () => {
    expect(await ran({})).toEqual({
      code: 64,
      lines: [
        'environment: ATOLL_ACCOUNT: got nothing, a text is required; add it',
        'environment: ATOLL_BUCKET: got nothing, a text is required; add it',
        "environment: ATOLL_PIPELINE: got nothing, one of 'video', 'audio' or 'text' is required; add it",
        'environment: ATOLL_QUEUE_URL: got nothing, a text is required; add it',
        'environment: ATOLL_STAGES: got nothing, a list is required; add it',
        'environment: ATOLL_TENANT: got nothing, a text is required; add it',
        'environment: AWS_REGION: got nothing, a text is required; add it',
        'environment: TMPDIR: got nothing, a text is required; add it',
      ],
    });
  });

  test('that is wrong is one error with every fault of it, those of stages among them', async () => {
    const stages = [
      { name: 'read', command: [] },
      { name: 'read', command: ['a'], timeoutSeconds: 0 },
      { name: 'A', command: ['a'], timeoutSeconds: 86_401, shell: true },
    ];
    const { code, lines } = await ran({
      ...withStages(stages),
      ATOLL_ACCOUNT: '12',
      ATOLL_PIPELINE: 'txt',
      TMPDIR: 'x',
    });
    expect(code).toBe(64);
    expect(lines).toEqual([
      "environment: ATOLL_ACCOUNT: got '12', allowed the 12 digits of the account that owns the bucket; change it to that form",
      "environment: ATOLL_PIPELINE: got 'txt', allowed 'video', 'audio' or 'text'; did you mean 'text'",
      'environment: ATOLL_STAGES[0].command: got a list of 0, at least 1 in the list; add to it',
      "environment: ATOLL_STAGES[1].name: got 'read' again, each at most once; rename one of the two",
      'environment: ATOLL_STAGES[1].timeoutSeconds: got 0, at least 1; raise it',
      "environment: ATOLL_STAGES[2].name: got 'A', allowed lower-case letters, digits and hyphens, 2 to 20 characters; change it to that form",
      "environment: ATOLL_STAGES[2].shell: got an unknown key, allowed 'name', 'command' or 'timeoutSeconds'; remove it",
      'environment: ATOLL_STAGES[2].timeoutSeconds: got 86401, at most 86400; lower it',
      "environment: TMPDIR: got 'x', allowed an absolute path of a folder that can be written; change it to that form",
    ]);
  });

  test.each<[stages: unknown, line: string]>([
    ['[', "environment: ATOLL_STAGES: got '[', allowed a list of stages in JSON; write it as JSON"],
    [{}, 'environment: ATOLL_STAGES: got a mapping, allowed a list; write a list'],
    [[], 'environment: ATOLL_STAGES: got a list of 0, at least 1 in the list; add to it'],
    [
      Array.from({ length: 11 }, (_, i) => ({ name: `stage-${i}`, command: ['a'] })),
      'environment: ATOLL_STAGES: got a list of 11, at most 10 in the list; take some out',
    ],
  ])('whose stages are %j is refused', async (stages, line) => {
    expect(await ran(withStages(stages))).toEqual({ code: 64, lines: [line] });
  });
});

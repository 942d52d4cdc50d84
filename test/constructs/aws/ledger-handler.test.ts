import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Ledger {
  put(key: string, text: string): Promise<void>;
}
type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<void>;
type CreateHandler = (props: { ledger: Ledger; settings: object; clock: () => Date; firstPauseMs: number }) => Handler;

const { createHandler } = createRequire(__filename)('../../../constructs/aws/evidence/handler/handler.cjs') as {
  createHandler: CreateHandler;
};

const settings = {
  account: '333333333333',
  region: 'eu-central-1',
  environment: 'sample',
  stack: 'sample-research-evidence',
};
const stackId = (name: string, account = '333333333333'): string =>
  `arn:aws:cloudformation:eu-central-1:${account}:stack/${name}/5b9c0a10-0000-0000-0000-000000000000`;

const grant = {
  id: 'speech-eval',
  team: 'speech',
  people: ['ada@example.com', 'lin@example.com'],
  tenants: ['acme'],
  classes: ['audio'],
  ways: ['pods'],
  purpose: 'model-evaluation',
  justification: 'Measure the word error rate of the candidate on real recordings.',
  approver: 'lead@example.com',
  ticket: 'DATA-123',
  issued: '2026-11-01',
  expires: '2027-01-15',
  roleArn: 'arn:aws:iam::333333333333:role/atoll-sample-grant-speech-eval',
  sessionRoleArn: 'arn:aws:iam::333333333333:role/atoll-sample-session-speech-eval',
  namespace: 'research-speech',
  serviceAccount: 'grant-speech-eval',
};
const { id: grantId, ...said } = grant;

interface Answer {
  Status: string;
  Reason: string;
  PhysicalResourceId: string;
}
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

interface Outcome {
  readonly answers: readonly Answer[];
  readonly put: Readonly<Record<string, unknown>>;
  /** Message of what the handler threw; undefined where it threw nothing. */
  readonly thrown: string | undefined;
}

/** Runs the handler against a real endpoint, at one moment. */
async function run(event: object, put?: Ledger['put'], remainingMs = 60_000): Promise<Outcome> {
  const answers: Answer[] = [];
  const kept: Record<string, unknown> = {};
  const own = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      answers.push(JSON.parse(body) as Answer);
      response.writeHead(200).end();
    });
  });
  servers.push(own);
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  const ledger: Ledger = {
    put:
      put ??
      ((key, text) => {
        expect(text.endsWith('\n')).toBe(true);
        kept[key] = JSON.parse(text);
        return Promise.resolve();
      }),
  };
  const handler = createHandler({ ledger, settings, clock: () => new Date('2026-11-25T09:30:00Z'), firstPauseMs: 1 });
  const thrown = await handler(
    { ResponseURL: `http://127.0.0.1:${String(port)}/answer`, ...event },
    { getRemainingTimeInMillis: () => remainingMs },
  ).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  return { answers, put: kept, thrown };
}

const cloudFormation = (RequestType: string, over: object = {}): object => ({
  RequestType,
  StackId: stackId('sample-research-evidence'),
  RequestId: 'r-1',
  LogicalResourceId: 'GrantsGrantspeecheval1A2B',
  ResourceProperties: { Grant: grant },
  ...over,
});

describe('the ledger’s handler', () => {
  test.each([
    ['Create', 'granted', {}],
    ['Update', 'changed', { OldResourceProperties: { Grant: { ...grant, people: ['ada@example.com'] } } }],
    ['Delete', 'removed', { PhysicalResourceId: 'sample-ledger-x' }],
  ])('at a %s puts a record: %s', async (type, what, over) => {
    const { answers, put, thrown } = await run(cloudFormation(type, over));
    expect(put).toEqual({
      [`grants/speech-eval/2026-11-25T09:30:00.000Z-${what}-r-1.json`]: {
        event: what,
        recordedAt: '2026-11-25T09:30:00.000Z',
        environment: 'sample',
        grantId,
        ...said,
        stackId: stackId('sample-research-evidence'),
        requestId: 'r-1',
      },
    });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(thrown).toBeUndefined();
  });

  test('keeps the physical id, so that a change is no removal', async () => {
    const first = await run(cloudFormation('Create'));
    const id = first.answers[0]?.PhysicalResourceId;
    expect(id).toBe('sample-ledger-GrantsGrantspeecheval1A2B');
    const second = await run(cloudFormation('Update', { PhysicalResourceId: id, OldResourceProperties: {} }));
    expect(second.answers[0]?.PhysicalResourceId).toBe(id);
  });

  test('records no change where the grant is the same', async () => {
    const { answers, put } = await run(
      cloudFormation('Update', { OldResourceProperties: { Grant: grant, ServiceTimeout: '60' } }),
    );
    expect(put).toEqual({});
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('fails the deploy of what it could not record, and lets the rollback pass without a record', async () => {
    const refused = (): Promise<void> => Promise.reject(new Error('AccessDenied'));
    const { answers, thrown } = await run(cloudFormation('Create'), refused);
    expect(thrown).toBe('AccessDenied');
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: 'AccessDenied', PhysicalResourceId: 'refused' }]);
    const rollback = await run(cloudFormation('Delete', { PhysicalResourceId: 'refused' }), refused);
    expect(rollback.answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(rollback.thrown).toBeUndefined();
  });

  test('a removal that could not be recorded fails, under the same physical id', async () => {
    const { answers } = await run(cloudFormation('Delete', { PhysicalResourceId: 'sample-ledger-x' }), () =>
      Promise.reject(new Error('AccessDenied')),
    );
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'sample-ledger-x' }]);
  });

  test('answers before Lambda ends it', async () => {
    const { answers } = await run(cloudFormation('Create'), () => new Promise(() => undefined), 40_005);
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: 'not done within 5 ms; deploy again' }]);
  });

  test.each([
    [
      'another stack',
      { StackId: stackId('sample-research-delivery') },
      'StackId: got stack sample-research-delivery, allowed sample-research-evidence; record grants from there',
    ],
    [
      'another account',
      { StackId: stackId('sample-research-evidence', '222222222222') },
      `StackId: got ${stackId('sample-research-evidence', '222222222222')}, allowed a stack of account 333333333333 in eu-central-1; deploy from there`,
    ],
    [
      'a grant that would leave its folder',
      { ResourceProperties: { Grant: { ...grant, id: '../heartbeats' } } },
      'Grant.id: got ../heartbeats, allowed the id of a grant; deploy from this repository',
    ],
    [
      'no grant',
      { ResourceProperties: {} },
      'Grant.id: got undefined, allowed the id of a grant; deploy from this repository',
    ],
    [
      'a grant without a purpose and a ticket',
      { ResourceProperties: { Grant: { ...grant, purpose: undefined, ticket: undefined } } },
      'Grant: got no purpose, ticket of speech-eval, allowed every field; deploy from this repository',
    ],
    [
      'a call that is none of the three',
      { RequestType: 'Read' },
      'RequestType: got Read, allowed Create, Update, Delete; call by CloudFormation',
    ],
  ])('refuses %s', async (_, over, message) => {
    const { answers, put, thrown } = await run(cloudFormation('Create', over));
    expect(put).toEqual({});
    expect(thrown).toBe(message);
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: message }]);
  });

  test('gives a sign of life where nobody asks for a record, and answers nobody', async () => {
    const { answers, put } = await run({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
    expect(put).toEqual({
      'heartbeats/2026/11/25/2026-11-25T09:30:00.000Z.json': {
        event: 'heartbeat',
        recordedAt: '2026-11-25T09:30:00.000Z',
        environment: 'sample',
      },
    });
    expect(answers).toEqual([]);
  });

  test('a sign of life that could not be put is an error of the function', async () => {
    const { thrown } = await run({ source: 'aws.events' }, () => Promise.reject(new Error('AccessDenied')));
    expect(thrown).toBe('AccessDenied');
  });
});

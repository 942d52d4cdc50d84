import { afterEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Cloud {
  groupsOf(cluster: string, nodeGroup: string): Promise<readonly string[]>;
  attach(group: string, targetGroup: string): Promise<void>;
  detach(group: string, targetGroup: string): Promise<void>;
}
type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<void>;

const { createHandler } = createRequire(__filename)('../../../../constructs/aws/doors/handler/handler.cjs') as {
  createHandler: (props: { cloud: Cloud; firstPauseMs: number }) => Handler;
};

interface Answer {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
}
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const TARGETS = 'arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/atoll-sample-product/0a1b';
const properties = { Cluster: 'sample', NodeGroup: 'system-1', TargetGroup: TARGETS };
const ID = `sample/system-1/${TARGETS}`;

/** Runs the handler against a real endpoint, over groups that a cloud has. */
async function run(
  event: object,
  groups: Readonly<Record<string, readonly string[]>> = { 'system-1': ['eks-a', 'eks-b'] },
  fails?: string,
): Promise<{ readonly answers: Answer[]; readonly did: string[]; readonly thrown: string | undefined }> {
  const answers: Answer[] = [];
  const did: string[] = [];
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
  const call =
    (what: string) =>
    (group: string, targetGroup: string): Promise<void> => {
      if (group === fails) return Promise.reject(new Error(`${group} is busy`));
      did.push(`${what} ${group} ${targetGroup}`);
      return Promise.resolve();
    };
  const cloud: Cloud = {
    groupsOf: (_cluster, nodeGroup) => Promise.resolve(groups[nodeGroup] ?? []),
    attach: call('attach'),
    detach: call('detach'),
  };
  const thrown = await createHandler({ cloud, firstPauseMs: 1 })(
    {
      StackId: 'stack',
      RequestId: 'r-1',
      LogicalResourceId: 'Attachment',
      ResponseURL: `http://127.0.0.1:${String(port)}/answer`,
      ...event,
    },
    { getRemainingTimeInMillis: () => 60_000 },
  ).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  return { answers, did, thrown };
}

test.each(['Create', 'Update'])('a %s attaches every group of the node group', async (RequestType) => {
  const { answers, did, thrown } = await run({ RequestType, ResourceProperties: properties });
  expect(did).toEqual([`attach eks-a ${TARGETS}`, `attach eks-b ${TARGETS}`]);
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID }]);
  expect(thrown).toBeUndefined();
});

test('another node group is another attachment, so that CloudFormation removes the former', async () => {
  const { answers, did } = await run(
    {
      RequestType: 'Update',
      PhysicalResourceId: ID,
      ResourceProperties: { ...properties, NodeGroup: 'system-2' },
      OldResourceProperties: properties,
    },
    { 'system-1': ['eks-a'], 'system-2': ['eks-c'] },
  );
  expect(did).toEqual([`attach eks-c ${TARGETS}`]);
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: `sample/system-2/${TARGETS}` }]);
});

test('a Delete takes the targets away, and is content where the node group is gone or never was attached', async () => {
  const gone = { RequestType: 'Delete', PhysicalResourceId: ID, ResourceProperties: properties };
  expect((await run(gone)).did).toEqual([`detach eks-a ${TARGETS}`, `detach eks-b ${TARGETS}`]);
  const without = await run(gone, {});
  expect(without).toMatchObject({ did: [], answers: [{ Status: 'SUCCESS', PhysicalResourceId: ID }] });
  const refused = await run({ ...gone, PhysicalResourceId: 'refused' });
  expect(refused).toMatchObject({ did: [], answers: [{ Status: 'SUCCESS', PhysicalResourceId: 'refused' }] });
});

test.each([
  [
    'a node group without a group',
    { ...properties, NodeGroup: 'system-9' },
    'NodeGroup: got system-9, which has no Auto Scaling group, allowed one that has; deploy the cluster first',
  ],
  [
    'no target group',
    { ...properties, TargetGroup: undefined },
    'TargetGroup: got undefined, allowed a name or an ARN; deploy from this repository',
  ],
])('%s fails the deploy, and leaves nothing to remove', async (_what, given, reason) => {
  const { answers, did, thrown } = await run({ RequestType: 'Create', ResourceProperties: given });
  expect({ did, thrown }).toEqual({ did: [], thrown: reason });
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: reason, PhysicalResourceId: 'refused' }]);
});

test('a call that is refused fails the deploy with its reason', async () => {
  const { answers, thrown } = await run({ RequestType: 'Create', ResourceProperties: properties }, undefined, 'eks-b');
  expect(thrown).toBe('eks-b is busy');
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: 'eks-b is busy' }]);
});

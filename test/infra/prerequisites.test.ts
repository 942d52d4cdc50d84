import { describe, expect, test } from '@jest/globals';
import { deployPolicy } from '../../infra/aws/deploy-policy';
import { prerequisites } from '../../infra/aws/prerequisites';
import { buildApp } from '../../infra/build-app';
import { renderKubernetes } from '../../infra/k8s/render';
import { neededQuotas } from '../../infra/aws/prerequisites-quotas';
import { QUOTAS } from '../../schema/quotas';
import { CLUSTERS } from '../../schema/vocabulary';
import { connectedEnvironment } from '../constructs/aws/network-fixture';
import { sampleEnvironment, sampleTenants } from '../support/sample-environment';
import { temporaryFolder } from '../support/temporary';

const env = sampleEnvironment();
const text = prerequisites(env);

test('the same environment gives the same text, with no blank left unfilled', () => {
  expect(prerequisites(sampleEnvironment())).toBe(text);
  expect(text).not.toMatch(/undefined|NaN|\[object/);
});

test('every account that deploys gets its own policy, bootstrap and linked roles; the audit account gets none', () => {
  for (const cluster of CLUSTERS) {
    const account = env.accounts[cluster];
    expect(text).toContain(`npx cdk bootstrap -c env=sample aws://${account}/eu-central-1`);
    expect(text).toContain(
      `--cloudformation-execution-policies arn:aws:iam::${account}:policy/atoll-sample-${cluster}-deploy`,
    );
  }
  expect(text).toContain('create-service-linked-role --aws-service-name spot.amazonaws.com');
  expect(text).not.toContain(`aws://${env.accounts.audit}`);
  expect(text).not.toContain('AdministratorAccess\n');
});

describe('the first deploy', () => {
  /** Its headings, each with the commands below it. */
  const steps = [...text.matchAll(/^### 8\.(\d+) (.*)\n\n```sh\n([^`]*)\n```$/gm)].map(
    ([, number, heading, commands]) => ({
      number: Number(number),
      heading: heading ?? '',
      commands: (commands ?? '').split('\n'),
    }),
  );

  test('fills the registries before the clusters, and the clusters before the tenants', () => {
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, i) => i + 1));
    expect(steps.flatMap(({ commands }) => commands.map((command) => command.replace(/ *#.*$/, '')))).toEqual([
      "npx cdk deploy -c env=sample 'sample/production-network' 'sample/production-registry'",
      "npx cdk deploy -c env=sample 'sample/research-network' 'sample/research-registry'",
      'npx atoll images lock',
      'npx atoll images mirror --env sample > mirror.sh',
      'bash mirror.sh',
      "npx cdk deploy -c env=sample 'sample/production-delivery'",
      "npx cdk deploy -c env=sample 'sample/research-delivery'",
      "npx cdk deploy -c env=sample 'sample/production-cluster'",
      "npx cdk deploy -c env=sample 'sample/research-cluster'",
      "npx cdk deploy -c env=sample 'sample/production-evidence'",
      "npx cdk deploy -c env=sample 'sample/research-evidence'",
      "npx cdk deploy -c env=sample 'sample/production-operations' 'sample/production-ingest'",
      "npx cdk deploy -c env=sample 'sample/research-operations' 'sample/research-data-access' 'sample/research-data-catalogue'",
      "npx cdk deploy -c env=sample 'sample/tenant-*'",
    ]);
  });

  test('names the stacks of one account in a command, and whose credentials it wants above it', () => {
    for (const { heading, commands } of steps) {
      const deploys = commands.filter((command) => command.includes('cdk deploy'));
      const accounts = deploys.map((command) => (command.includes('sample/research-') ? 'research' : 'production'));
      expect(heading).toContain(
        accounts[0] === undefined
          ? `credentials of \`${env.imageMirrorPrincipal}\``
          : `credentials of account ${env.accounts[accounts[0]]} (${accounts[0]})`,
      );
      if (accounts[0] === 'research') expect(deploys.join()).not.toMatch(/sample\/(production|tenant)-/);
    }
  });

  test('leaves out no stack of the app', () => {
    const { files } = renderKubernetes(env);
    const stage = buildApp(env, files, { outdir: temporaryFolder() }).node.findChild('sample');
    const named = steps
      .flatMap(({ commands }) => [...commands.join().matchAll(/'sample\/([\w*-]+)'/g)])
      .map((m) => m[1]);
    const stacks = stage.node.children.map(({ node }) => node.id.replace(/^tenant-.*/, 'tenant-*'));
    expect([...named].sort()).toEqual([...new Set(stacks)].sort());
  });
});

describe('the way in for people', () => {
  const connected = connectedEnvironment();
  const section = (of: string): string => of.slice(of.indexOf('## 7. The way in'), of.indexOf('## 8. '));

  test('where there is none, says so, what that means, and what to write', () => {
    expect(section(text)).toContain('**No person reaches an API server of this environment.**');
    expect(section(text)).toContain('rights that nobody can use until there is a way in');
    expect(section(text)).toContain('`network.connectedNetwork` in `environments/sample/index.ts`');
    expect(section(text)).toContain('deploy the network stacks before the cluster stacks');
    expect(text).not.toMatch(/transitgateway|accepted its attachment/);
  });

  test('where there is one, hands the network team the sharing, the acceptance, the routes and the names, for both accounts', () => {
    const steps = section(prerequisites(connected));
    expect(steps).not.toContain('No person');
    expect(prerequisites(connected)).toContain('until the network team has accepted its attachment: section 7.');
    for (const part of [
      'in the account that owns tgw-0123456789abcdef0',
      'People come from 10.200.0.0/16, 192.168.7.0/24',
      '--principals 222222222222 333333333333',
      'accept-transit-gateway-vpc-attachment --region eu-central-1',
      'associate-transit-gateway-route-table --region eu-central-1',
      'enable-transit-gateway-route-table-propagation --region eu-central-1',
      'Send 10.16.0.0/16 and 10.17.0.0/16 into the tunnel',
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      'None of this grants a right in a cluster',
    ]) {
      expect(steps).toContain(part);
    }
  });

  test('has the role made that attaching needs, in both accounts, since a deploy may not make it', () => {
    const roles = prerequisites(connected).match(/create-service-linked-role --aws-service-name transitgateway\S+/g);
    expect(roles).toEqual(Array(2).fill('create-service-linked-role --aws-service-name transitgateway.amazonaws.com'));
    for (const cluster of CLUSTERS) {
      expect(JSON.stringify(deployPolicy(connected, cluster))).toContain('"ec2:*"');
      expect(deployPolicy(connected, cluster)).toEqual(deployPolicy(env, cluster));
    }
  });
});

describe('quotas', () => {
  const needed = (cluster: 'production' | 'research', code: string, environment = env): number | undefined =>
    neededQuotas(environment, cluster).find((quota) => quota.code === code)?.needed;

  test('count a stack and a role per tenant, but none for an erased one', () => {
    const first = sampleTenants[0];
    if (first === undefined) throw new Error('the sample has no tenant');
    const many = sampleEnvironment({
      tenants: [...Array(1000).keys()].map((i) => ({ ...first, id: `tenant${String(i)}` })),
    });
    expect(needed('production', 'L-FE177D64', many)).toBe(1060);
    expect(prerequisites(many)).toContain(
      `| iam | L-FE177D64 | Roles per account | 1060 | ${String(QUOTAS.rolesPerAccount.value)} | raise |`,
    );
    const erased = sampleEnvironment({ tenants: [{ ...first, state: 'erased' }] });
    expect(needed('production', 'L-0485CB21', erased)).toBe(20);
  });

  test('are the same for every number of tenants up to the next hundred', () => {
    const [first] = sampleTenants;
    if (first === undefined) throw new Error('the sample has no tenant');
    const stacks = (count: number): number | undefined =>
      needed(
        'production',
        'L-0485CB21',
        sampleEnvironment({
          tenants: Array.from({ length: count }, (_, i) => ({ ...first, id: `tenant${String(i)}` })),
        }),
      );
    expect([1, 99, 100, 101, 200].map(stacks)).toEqual([120, 120, 120, 220, 220]);
  });

  test('sum the vCPUs of the pools that may buy a class, spot apart from on-demand', () => {
    // pipeline-gpu 256, pipeline-shared 128 and tenant-training 128 buy both; serving-gpu 64 buys on-demand only.
    expect(needed('production', 'L-3819A6DF')).toBe(256 + 128 + 128);
    expect(needed('production', 'L-DB2E81BA')).toBe(256 + 128 + 128 + 64);
    // training-gpu buys p5 or g6e.
    expect(needed('research', 'L-417A185B')).toBe(1024);
    expect(needed('research', 'L-C4BD4855')).toBe(1024);
    expect(needed('production', 'L-417A185B')).toBeUndefined();
  });
});

describe.each(CLUSTERS)("CloudFormation's policy in %s", (cluster) => {
  const policy = deployPolicy(env, cluster) as {
    Statement: { Sid: string; Effect: string; Action?: string | string[]; Resource: string | string[] }[];
  };

  test('fits into one managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(QUOTAS.managedPolicyCharacters.value);
  });

  test("denies tenants' data and its own roles before it allows anything", () => {
    const effects = policy.Statement.map(({ Effect }) => Effect);
    expect(effects).toEqual([...effects].sort((a, b) => b.localeCompare(a, 'en')));
    expect(new Set(effects)).toEqual(new Set(['Deny', 'Allow']));
    expect(policy.Statement.find(({ Sid }) => Sid === 'NeverReadTenantsData')).toMatchObject({
      Effect: 'Deny',
      Action: expect.arrayContaining(['s3:GetObject']),
      Resource: expect.arrayContaining(['arn:aws:s3:::atoll-sample-*/*']),
    });
  });

  test('reaches roles of this environment only', () => {
    const iam = policy.Statement.find(({ Action }) => Action === 'iam:*');
    const account = env.accounts[cluster];
    expect(iam?.Effect).toBe('Allow');
    for (const resource of [iam?.Resource ?? []].flat()) {
      expect(resource).toMatch(
        new RegExp(`^arn:aws:iam::${account}:(role|policy|instance-profile)/(atoll-)?sample-\\*$`),
      );
    }
  });
});

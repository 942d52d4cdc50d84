import { addResource, editProperty, type Fields, type Mutation, removeResource, removeStacks } from '../edits';

const EVIDENCE = ['production-evidence', 'research-evidence'] as const;
const LEDGER = 'research-evidence';
const RECORD = 'Custom::AtollGrantRecord';
const FILTER = 'AWS::Logs::SubscriptionFilter';
const STREAM = 'AWS::KinesisFirehose::DeliveryStream';
const FOREIGN = 'arn:aws:firehose:eu-central-1:999999999999:deliverystream/added';

/** Faults by which what happened is not written down, or not as it was. */
export const evidenceMutations = (): Mutation[] => [...stacks(), ...events(), ...records(), ...flows()];

const named = (id: string, apply: Mutation['apply'], expects: RegExp): Mutation => ({
  id,
  description: 'lost evidence',
  apply,
  expects,
});

/** Properties of the only resource of a type in a stack, each with another value. */
const each = (
  stack: string,
  type: string,
  values: readonly (readonly [path: string, value: unknown])[],
  fits?: (properties: Fields) => boolean,
): Mutation[] =>
  values.map(([path, value]) =>
    named(
      `${stack}: ${type} with ${path} ${JSON.stringify(value)}`,
      (output) => editProperty(output, stack, type, [path, value], fits),
      new RegExp(`^open sample-${stack}/.+: ${(path.split('.')[0] ?? '').replace('$', '\\$')}`),
    ),
  );

const none = (stack: string, type: string): Mutation =>
  named(
    `${stack}: no ${type}`,
    (output) => removeResource(output, stack, type),
    /^(?:closed .+: got no \S+|not-understood .+)/,
  );

function stacks(): Mutation[] {
  const lost = [...EVIDENCE, 'production-operations', 'production-ingest', 'research-data-access', 'research-corpora'];
  return [
    ...lost.map((stack) =>
      named(
        `no stack ${stack}`,
        (output) => removeStacks(output, new RegExp(`^${stack}$`)),
        /^(?:closed sample-\S+: got no stack, allowed one|not-understood .+)/,
      ),
    ),
    named(
      'no stack of evidence',
      (output) => removeStacks(output, /-evidence$/),
      /^closed sample-\S+-evidence: got no stack, allowed one/,
    ),
    named(
      'a stack more',
      (output) => ({
        ...output,
        stacks: output.stacks.flatMap((one) =>
          one.id === 'production-operations'
            ? [one, { ...one, id: 'production-more', name: 'sample-production-more' }]
            : [one],
        ),
      }),
      /^(?:open sample-production-more: got the stack production-more|not-understood .+)/,
    ),
    named(
      'a stack in another region',
      (output) => ({
        ...output,
        stacks: output.stacks.map((one) =>
          one.id === 'production-operations' ? { ...one, region: 'us-east-1' } : one,
        ),
      }),
      /^(?:open .+: got the stack .+ in us-east-1, allowed|not-understood .+)/,
    ),
  ];
}

/** Audit events on their way to the archive. */
function events(): Mutation[] {
  return [
    ...EVIDENCE.flatMap((stack) => [
      none(stack, FILTER),
      none(stack, STREAM),
      ...each(stack, FILTER, [
        ['DestinationArn', FOREIGN],
        ['FilterPattern', '{ $.kind = "Nothing" }'],
        ['FilterPattern', ''],
        ['FilterName', 'added'],
        ['LogGroupName', '/aws/eks/added/cluster'],
        ['RoleArn', 'arn:aws:iam::222222222222:role/added'],
        ['Distribution', 'Random'],
      ]),
      ...each(stack, STREAM, [
        ['DeliveryStreamName', 'added'],
        ['DeliveryStreamEncryptionConfigurationInput.KeyType', 'AWS_OWNED_CMK'],
        ['ExtendedS3DestinationConfiguration.BucketARN', 'arn:aws:s3:::added'],
        ['ExtendedS3DestinationConfiguration.Prefix', 'added/'],
        ['ExtendedS3DestinationConfiguration.RoleARN', 'arn:aws:iam::222222222222:role/added'],
        ['ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled', false],
        ['ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors.3', { Type: 'Lambda' }],
        ['ExtendedS3DestinationConfiguration.S3BackupMode', 'Enabled'],
        ['HttpEndpointDestinationConfiguration', { EndpointConfiguration: { Url: 'https://example.com' } }],
      ]),
    ]),
    ...['production-cluster', 'research-cluster'].flatMap((stack) =>
      each(stack, 'AWS::EKS::Cluster', [
        ['Logging', undefined],
        ['Logging.ClusterLogging.EnabledTypes', [{ Type: 'api' }]],
      ]),
    ),
    ...each(LEDGER, 'AWS::Events::Rule', [
      ['ScheduleExpression', 'rate(365 days)'],
      ['State', 'DISABLED'],
      ['Targets.0.Arn', FOREIGN],
      ['Targets.1', { Id: 'added', Arn: FOREIGN }],
      ['Targets.0.Input', '{}'],
    ]),
    none(LEDGER, 'AWS::Events::Rule'),
  ];
}

/** The ledger of grants. */
function records(): Mutation[] {
  return [
    none(LEDGER, RECORD),
    named(
      `${LEDGER}: no record of any grant`,
      (output) => {
        let without = output;
        for (;;) {
          try {
            without = removeResource(without, LEDGER, RECORD);
          } catch {
            return without;
          }
        }
      },
      /^closed .+: got no Custom::AtollGrantRecord of the grant/,
    ),
    ...each(LEDGER, RECORD, [
      ['Grant.people', ['added@example.com']],
      ['Grant.tenants', []],
      ['Grant.ticket', 'ADDED-1'],
      ['Grant.expires', '2036-01-01'],
      ['Grant.approver', 'added@example.com'],
      ['Grant.purpose', undefined],
      ['Grant.roleArn', 'arn:aws:iam::333333333333:role/added'],
      ['Grant.more', 'added'],
      ['Grant.id', 'added'],
      ['ServiceToken', 'arn:aws:lambda:eu-central-1:999999999999:function:added'],
    ]),
    named(
      `${LEDGER}: a record of no grant`,
      (output) => addResource(output, LEDGER, { Type: RECORD, Properties: { Grant: { id: 'added' } } }),
      /^open .+\/Added: Grant\.id: got added, allowed each grant/,
    ),
  ];
}

/** Connections of the networks. */
function flows(): Mutation[] {
  const FLOW_LOG = 'AWS::EC2::FlowLog';
  return [
    ...['production-network', 'research-network'].flatMap((stack) => [
      none(stack, FLOW_LOG),
      ...each(stack, FLOW_LOG, [
        ['LogDestinationType', 's3'],
        ['LogDestination', 'arn:aws:s3:::added'],
        ['LogGroupName', '/added'],
        ['TrafficType', 'REJECT'],
        ['ResourceId', 'vpc-1'],
        ['DeliverLogsPermissionArn', 'arn:aws:iam::222222222222:role/added'],
        ['DeliverCrossAccountRole', 'arn:aws:iam::999999999999:role/added'],
      ]),
    ]),
    ...['production-network', 'production-operations'].map((stack) =>
      named(
        `${stack}: a flow log to a foreign bucket`,
        (output) =>
          addResource(output, stack, {
            Type: FLOW_LOG,
            Properties: { LogDestination: 'arn:aws:s3:::added', LogDestinationType: 's3', ResourceId: 'vpc-1' },
          }),
        /^open .+\/Added: got (?:one more|a) AWS::EC2::FlowLog/,
      ),
    ),
  ];
}

import { editResource, type Fields, type Mutation } from '../edits';

const TENANT = 'tenant-acme';
const STORES = ['research-data-access', 'research-corpora', 'production-delivery'];

const topic = (name: string): string => `arn:aws:sns:eu-central-1:222222222222:atoll-sample-${name}`;
const QUEUE = 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-birch-text';
const FUNCTION = 'arn:aws:lambda:eu-central-1:222222222222:function:added';
const BUCKET = 'arn:aws:s3:::added';

/** Settings of a bucket that no bucket of ours has, and whom it tells of its objects. */
export const bucketMutations = (): Mutation[] => [...copies(), ...notifications()];

function bucket(stack: string, id: string, edit: Fields, expects: RegExp): Mutation {
  return {
    id: `${stack}: a Bucket ${id}`,
    description: 'a setting of a bucket',
    apply: (output) =>
      editResource(output, stack, 'AWS::S3::Bucket', (properties) => {
        Object.assign(properties, structuredClone(edit));
      }),
    expects,
  };
}

/** Settings of a bucket by which its data, or what it is called, would lie elsewhere too. */
function copies(): Mutation[] {
  const settings: Readonly<Record<string, unknown>> = {
    AbacStatus: 'Enabled',
    AccelerateConfiguration: { AccelerationStatus: 'Enabled' },
    AccessControl: 'PublicRead',
    AnalyticsConfigurations: [
      { Id: 'a', StorageClassAnalysis: { DataExport: { Destination: { BucketArn: BUCKET, Format: 'CSV' } } } },
    ],
    CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
    InventoryConfigurations: [{ Id: 'a', Destination: { BucketArn: BUCKET, Format: 'CSV' } }],
    LoggingConfiguration: { DestinationBucketName: 'added' },
    MetadataConfiguration: { JournalTableConfiguration: { RecordExpiration: { Expiration: 'DISABLED' } } },
    MetadataTableConfiguration: { S3TablesDestination: { TableBucketArn: 'arn', TableName: 'added' } },
    WebsiteConfiguration: { IndexDocument: 'index.html' },
  };
  const named = (stack: string, name: string): Mutation =>
    bucket(stack, `with ${name}`, { [name]: settings[name] }, new RegExp(`^open .+ ${name}: got one, allowed`));
  return [
    ...Object.keys(settings).map((name) => named(TENANT, name)),
    ...STORES.flatMap((stack) => [named(stack, 'InventoryConfigurations'), named(stack, 'LoggingConfiguration')]),
  ];
}

function notifications(): Mutation[] {
  const event = 's3:ObjectCreated:*';
  const told = (stack: string, id: string, lists: Fields, expects: RegExp): Mutation =>
    bucket(stack, `that tells ${id}`, { NotificationConfiguration: lists }, expects);
  const found = (whom: string): RegExp => new RegExp(`^open .+ NotificationConfiguration: got ${whom}, allowed`);
  const others = (stack: string): Mutation[] => [
    told(stack, 'a queue', { QueueConfigurations: [{ Event: event, Queue: QUEUE }] }, found(QUEUE)),
    told(stack, 'a function', { LambdaConfigurations: [{ Event: event, Function: FUNCTION }] }, found(FUNCTION)),
    told(stack, 'the bus', { EventBridgeConfiguration: { EventBridgeEnabled: true } }, found('EventBridge')),
    told(
      stack,
      "another tenant's topic",
      { TopicConfigurations: [{ Event: event, Topic: topic('birch-events') }] },
      found(topic('birch-events')),
    ),
  ];
  return [
    ...[TENANT, ...STORES].flatMap(others),
    ...STORES.map((stack) =>
      told(
        stack,
        "a tenant's topic",
        { TopicConfigurations: [{ Event: event, Topic: topic('acme-events') }] },
        /^open .+ NotificationConfiguration: got \S+acme-events, allowed none/,
      ),
    ),
    told(
      TENANT,
      "its own topic and another tenant's",
      {
        TopicConfigurations: [
          { Event: event, Topic: { Ref: 'Events' } },
          { Event: event, Topic: topic('birch-events') },
        ],
      },
      found(topic('birch-events')),
    ),
    told(
      TENANT,
      'what is not known',
      { TopicConfigurations: [{ Event: event, Topic: { Ref: 'Nowhere' } }] },
      /^not-understood .+NotificationConfiguration/,
    ),
    told(TENANT, 'in a new way', { MoonConfigurations: [] }, /^not-understood .+got "MoonConfigurations"/),
  ];
}

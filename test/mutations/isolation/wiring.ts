import { addResource, editResource, type Fields, type Mutation } from '../edits';

const TENANT = 'tenant-acme';
const OTHERS = ['production-operations', 'research-operations', 'production-evidence', 'tenant-birch'];

const queue = (name: string): string => `arn:aws:sqs:eu-central-1:222222222222:atoll-sample-${name}`;
const topic = (name: string): string => `arn:aws:sns:eu-central-1:222222222222:atoll-sample-${name}`;
const FUNCTION = 'arn:aws:lambda:eu-central-1:222222222222:function:added';
const FOREIGN = 'arn:aws:sqs:eu-central-1:999999999999:added';
const STREAM = 'arn:aws:firehose:eu-central-1:222222222222:deliverystream/added';

/** Faults by which data goes somewhere by itself, with no right of anybody's. */
export const wiringMutations = (): Mutation[] => [...logFilters(), ...subscriptions(), ...deadLetters()];

function added(stack: string, id: string, type: string, properties: Fields, expects: RegExp): Mutation {
  return {
    id: `${stack}: ${id}`,
    description: 'something that sends on',
    apply: (output) => addResource(output, stack, { Type: type, Properties: properties }),
    expects,
  };
}

function logFilters(): Mutation[] {
  const filter = (stack: string, id: string, group: unknown, expects: RegExp): Mutation =>
    added(
      stack,
      `a filter of ${id}`,
      'AWS::Logs::SubscriptionFilter',
      { LogGroupName: group, FilterPattern: '', DestinationArn: STREAM },
      expects,
    );
  const acme = '/atoll/sample/tenant/acme';
  const found = (group: string): RegExp =>
    new RegExp(`^open .+/Added: a subscription of the log group: got ${group}, allowed`);
  return [
    filter(TENANT, "the tenant's own log", { Ref: 'LogGroup' }, found(acme)),
    ...OTHERS.map((stack) => filter(stack, "a tenant's log", acme, found(acme))),
    filter(
      'production-operations',
      "a tenant's log in parts",
      { 'Fn::Join': ['/', ['/atoll/sample', 'tenant', 'acme']] },
      found(acme),
    ),
    filter(
      'production-operations',
      'the audit events',
      '/aws/eks/atoll-sample-production/cluster',
      found('/aws/eks/atoll-sample-production/cluster'),
    ),
    filter(
      'production-delivery',
      'the deliveries',
      '/atoll/sample/production/delivery',
      found('/atoll/sample/production/delivery'),
    ),
    filter(
      'production-operations',
      'a log that is not known',
      { Ref: 'Nowhere' },
      /^not-understood .+LogGroupName: got a reference to 'Nowhere'/,
    ),
    filter(
      'production-operations',
      'a log that another stack chooses',
      { 'Fn::ImportValue': 'group' },
      /^not-understood .+LogGroupName: got the intrinsic Fn::ImportValue/,
    ),
  ];
}

function subscriptions(): Mutation[] {
  const own = { TopicArn: topic('acme-events'), Protocol: 'sqs', Endpoint: queue('acme-text') };
  const redriven = (name: string): Fields => ({ RedrivePolicy: { deadLetterTargetArn: queue(name) } });
  const subscribed = (stack: string, id: string, more: Fields, expects: RegExp): Mutation =>
    added(
      stack,
      `a subscription ${id}`,
      'AWS::SNS::Subscription',
      { ...own, ...redriven('acme-dead-letter'), ...more },
      expects,
    );
  const elsewhere = /^open .+\/Added: a subscription of the topic: got arn:\S+, allowed/;
  return [
    ...[TENANT, ...OTHERS].flatMap((stack) => [
      subscribed(stack, "of another tenant's queue", { Endpoint: queue('birch-text') }, elsewhere),
      subscribed(
        stack,
        "with another tenant's dead letters",
        redriven('birch-dead-letter'),
        /^open .+\/Added: RedrivePolicy: got \S+birch-dead-letter, allowed \S+acme-dead-letter/,
      ),
    ]),
    subscribed('production-operations', 'of a function', { Protocol: 'lambda', Endpoint: FUNCTION }, elsewhere),
    subscribed('production-operations', 'of a topic that is not known', { TopicArn: { Ref: 'Nowhere' } }, /^not-under/),
    {
      id: `${TENANT}: a subscription within the topic`,
      description: 'something that sends on',
      apply: (output) =>
        editResource(output, TENANT, 'AWS::SNS::Topic', (properties) => {
          properties['Subscription'] = [{ Protocol: 'lambda', Endpoint: FUNCTION }];
        }),
      expects: /^open .+Subscription: got one, allowed KmsMasterKeyId/,
    },
  ];
}

function deadLetters(): Mutation[] {
  const of = (id: string, field: string, value: unknown, expects: RegExp, isLast = false): Mutation => ({
    id: `${TENANT}: a ${isLast ? 'dead-letter queue' : 'Queue'} ${id}`,
    description: 'dead letters',
    apply: (output) =>
      editResource(
        output,
        TENANT,
        'AWS::SQS::Queue',
        (properties) => {
          if (value === undefined) Reflect.deleteProperty(properties, field);
          else properties[field] = structuredClone(value);
        },
        ({ RedrivePolicy }) => (RedrivePolicy === undefined) === isLast,
      ),
    expects,
  });
  const to = (target: unknown): Fields => ({ deadLetterTargetArn: target, maxReceiveCount: 5 });
  const from = (...names: readonly string[]): Fields => ({
    redrivePermission: 'byQueue',
    sourceQueueArns: names.map(queue),
  });
  const gotTo = (name: string): RegExp => new RegExp(`^open .+ RedrivePolicy: got \\S*${name}, allowed \\S+acme-dead`);
  const gotFrom = (name: string): RegExp => new RegExp(`^open .+ RedriveAllowPolicy: got .*${name}.*, allowed`);
  const [mine, theirs] = ['acme-text', 'birch-text'];
  return [
    of("with another tenant's dead-letter queue", 'RedrivePolicy', to(queue('birch-dead-letter')), gotTo('birch-\\S+')),
    of("with another tenant's queue for dead letters", 'RedrivePolicy', to(queue(theirs)), gotTo(theirs)),
    of(
      "with another pipeline's queue for dead letters",
      'RedrivePolicy',
      to({ 'Fn::GetAtt': ['TextQueue', 'Arn'] }),
      gotTo(mine),
    ),
    of('with a queue of another account for dead letters', 'RedrivePolicy', to(FOREIGN), gotTo('added')),
    of('with dead letters nobody knows where', 'RedrivePolicy', to({ Ref: 'Nowhere' }), /^not-understood .+Nowhere/),
    of('with dead letters nowhere', 'RedrivePolicy', { maxReceiveCount: 5 }, /^not-understood .+deadLetterTargetArn/),
    of('that takes dead letters of every queue', 'RedriveAllowPolicy', undefined, gotFrom('every queue')),
    of("that takes another tenant's dead letters", 'RedriveAllowPolicy', from(theirs), gotFrom(theirs)),
    of('that takes dead letters of its own tenant', 'RedriveAllowPolicy', from(mine), gotFrom(mine)),
    of('that dead letters go on from', 'RedrivePolicy', to(queue(theirs)), /^open .+ got \S+, allowed nothing/, true),
    of('that every queue may name', 'RedriveAllowPolicy', undefined, gotFrom('every queue of the account'), true),
    of(
      'that every queue may name and says so',
      'RedriveAllowPolicy',
      { redrivePermission: 'allowAll' },
      gotFrom('every queue of the account'),
      true,
    ),
    of("that another tenant's queue may name", 'RedriveAllowPolicy', from(mine, theirs), gotFrom(theirs), true),
    of('by a rule that is not known', 'RedriveAllowPolicy', { redrivePermission: 'moon' }, /^not-under.+moon/, true),
  ];
}

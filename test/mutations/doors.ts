import { editProperty, editResource, type Fields, type Mutation, removeStacks, editStatement } from './edits';

const DOORS = 'production-doors';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const FUNCTION = 'AWS::Lambda::Function';
const ROLE = 'AWS::IAM::Role';

const property = (
  id: string,
  description: string,
  [type, path, value]: readonly [type: string, path: string, value: unknown],
  expects: RegExp,
): Mutation => ({
  id: `doors-${id}`,
  description,
  apply: (output) => editProperty(output, DOORS, type, [path, value]),
  expects,
});

/** Faults of what the doors keep, in an environment that has them. */
export const ERASURE_DOOR_MUTATIONS: readonly Mutation[] = [
  ...['access_logs.s3.enabled', 'connection_logs.s3.bucket'].map((Key) =>
    property(
      `writes-${Key}`,
      'a load balancer writes down who called it',
      [BALANCER, 'LoadBalancerAttributes.2', { Key, Value: 'true' }],
      /^unnamed production-doors\/\w+: LoadBalancerAttributes: got "(?:access|connection)_logs\.s3\.\w+", expected no logs/,
    ),
  ),
  property(
    'log-group',
    "the function's output goes where nobody knows what it is",
    ['AWS::Logs::LogGroup', 'LogGroupName', '/atoll/sample/production/added'],
    /^not-understood production-doors\/\w+: LogGroupName: got .+, expected a group whose writer is known/,
  ),
  property(
    'log-group-for-ever',
    "the function's output is kept for ever",
    ['AWS::Logs::LogGroup', 'RetentionInDays', undefined],
    /^unnamed production-doors\/\w+: RetentionInDays: got nothing/,
  ),
];

/** Faults of what the doors cost. */
export const IDLE_DOOR_MUTATIONS: readonly Mutation[] = [
  property(
    'kind-without-price',
    'a load balancer of a kind without a price',
    [BALANCER, 'Type', 'gateway'],
    /^not-understood production-doors\/\w+: Type: got "gateway", expected application, network/,
  ),
  property(
    'reserved-capacity',
    'a load balancer whose capacity is paid while nobody calls',
    [BALANCER, 'MinimumLoadBalancerCapacity', { CapacityUnits: 5000 }],
    /^unbounded production-doors\/\w+: MinimumLoadBalancerCapacity: got a reservation/,
  ),
];

const statement = (id: string, description: string, edit: (attach: Fields) => void, expects: RegExp): Mutation => ({
  id: `doors-${id}`,
  description,
  apply: (output) =>
    editResource(output, DOORS, ROLE, ({ Policies }) => {
      const [policy] = Policies as { readonly PolicyDocument: unknown }[];
      editStatement(policy?.PolicyDocument, 'Attach', edit);
    }),
  expects,
});

/** Faults of what attaches the doors' targets. */
export const ISOLATION_DOOR_MUTATIONS: readonly Mutation[] = [
  statement(
    'changes-groups',
    'the function changes Auto Scaling groups',
    (attach) => {
      attach['Action'] = ['autoscaling:UpdateAutoScalingGroup'];
    },
    /^open sample-production-doors\/\w+: by .+ the role atoll-sample-production-door-targets may autoscaling:updateautoscalinggroup/,
  ),
  statement(
    'reads-data',
    "the function reads tenants' data",
    (attach) => {
      attach['Action'] = 's3:GetObject';
      attach['Resource'] = 'arn:aws:s3:::atoll-sample-acme-222222222222/*';
      delete attach['Condition'];
    },
    /^(?:open|one-lock-left) .+door-targets/,
  ),
  statement(
    'elsewhere',
    'the function attaches groups of any name',
    (attach) => {
      attach['Resource'] = '*';
    },
    /^open sample-production-doors\/\w+: by .+ the role atoll-sample-production-door-targets may autoscaling:attachtrafficsources/,
  ),
  property(
    'function-told',
    'the function loads something first',
    [FUNCTION, 'Environment', { Variables: { NODE_OPTIONS: '--require added' } }],
    /^open .+ Environment: got/,
  ),
  property(
    'other-code',
    'the function runs other code',
    [FUNCTION, 'Code.S3Key', 'added.zip'],
    /^open .+ Code\.S3Key: got "added\.zip", allowed the key of one asset/,
  ),
  property(
    'other-role',
    'the function runs as another role',
    [FUNCTION, 'Role', 'arn:aws:iam::222222222222:role/atoll-sample-ingest'],
    /^open .+: got a function with the role/,
  ),
  property(
    'tried-again',
    'the function is tried again',
    ['AWS::Lambda::EventInvokeConfig', 'MaximumRetryAttempts', 2],
    /^open .+ MaximumRetryAttempts: got 2/,
  ),
  {
    id: 'doors-no-stack',
    description: 'the stack of the doors is not there',
    apply: (output) => removeStacks(output, /^production-doors$/),
    expects: /^closed sample-production-doors: got no stack, allowed one/,
  },
];

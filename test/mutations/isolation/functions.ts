import {
  addResource,
  editAssets,
  editProperty,
  editResource,
  type Fields,
  type Mutation,
  removeResource,
} from '../edits';

const FUNCTION = 'AWS::Lambda::Function';
const LAYER = 'AWS::Lambda::LayerVersion';
const CONFIG = 'AWS::Lambda::EventInvokeConfig';
const OURS = ['production-delivery', 'research-delivery', 'research-evidence'] as const;
const CLUSTERS = ['production-cluster', 'research-cluster'] as const;
const FOREIGN = 'arn:aws:lambda:eu-central-1:999999999999:layer:added:1';

/** Faults by which other code runs with a function's role, or the same code to another end. */
export const functionMutations = (): Mutation[] => [...settings(), ...code(), ...added(), ...answers(), ...macros()];

const named = (id: string, apply: Mutation['apply'], expects: RegExp): Mutation => ({
  id,
  description: 'a function',
  apply,
  expects,
});

const isHandler = ({ Description }: Fields): boolean => /^onEvent handler/.test(String(Description));
const isFramework = ({ Description }: Fields): boolean => /^AWS CDK resource provider/.test(String(Description));

/** Every declared function, and which one of its stack. */
const FUNCTIONS: readonly (readonly [stack: string, who: string, fits?: (properties: Fields) => boolean])[] = [
  ...OURS.map((stack) => [stack, 'its function'] as const),
  ...CLUSTERS.flatMap((stack) => [
    [stack, 'the Kubernetes handler', isHandler] as const,
    [stack, 'the framework', isFramework] as const,
  ]),
];

function settings(): Mutation[] {
  const values: readonly (readonly [path: string, value: unknown, expects: RegExp])[] = [
    ['Code.S3Bucket', 'added', /^open .+ Code\.S3Bucket: got "added", allowed "cdk-/],
    ['Code.S3Key', 'added.zip', /^open .+ Code\.S3Key: got "added\.zip", allowed the key of one asset/],
    ['Code.S3ObjectVersion', '1', /^open .+ Code\.S3ObjectVersion: got one/],
    ['Code', { ZipFile: 'added' }, /^open .+ Code\.ZipFile: got one/],
    ['Code', { ImageUri: 'added' }, /^open .+ Code\.ImageUri: got one/],
    ['Layers', [FOREIGN], /^open .+ Layers/],
    ['Environment.Variables.NODE_OPTIONS', '--require added', /^open .+ Environment\.Variables/],
    ['Environment.Variables', {}, /^open .+ Environment\.Variables/],
    ['Handler', 'added.handler', /^open .+ Handler: got "added\.handler"/],
    ['Runtime', 'provided.al2023', /^open .+ Runtime: got "provided\.al2023"/],
    ['VpcConfig', { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }, /^open .+ VpcConfig/],
    ['Role', 'arn:aws:iam::222222222222:role/atoll-sample-ingest', /^open .+: got a function with the role/],
    ['DeadLetterConfig', { TargetArn: FOREIGN }, /^open .+ DeadLetterConfig: got one/],
    ['FileSystemConfigs', [{ Arn: FOREIGN, LocalMountPath: '/mnt/a' }], /^open .+ FileSystemConfigs: got one/],
    ['TracingConfig', { Mode: 'Active' }, /^open .+ TracingConfig: got one/],
    ['LoggingConfig', { LogGroup: '/atoll/sample/tenant/acme' }, /^open .+ LoggingConfig/],
    ['Fn::Transform', { Name: 'Added' }, /^not-understood .+: got the intrinsic Fn::Transform/],
  ];
  return [
    ...FUNCTIONS.flatMap(([stack, who, fits]) =>
      values.map(([path, value, expects]) =>
        named(
          `${stack}: ${who} with ${path} ${JSON.stringify(value)}`,
          (output) => editProperty(output, stack, FUNCTION, [path, value], fits),
          expects,
        ),
      ),
    ),
    named(
      'production-delivery: its function copies from elsewhere',
      (output) =>
        editProperty(output, 'production-delivery', FUNCTION, ['Environment.Variables.ATOLL_SOURCE_BUCKET', 'added']),
      /^open .+ Environment\.Variables: got .+added/,
    ),
    named(
      'production-cluster: the framework calls itself',
      (output) =>
        editProperty(
          output,
          'production-cluster',
          FUNCTION,
          ['Environment.Variables.USER_ON_EVENT_FUNCTION_ARN', FOREIGN],
          isFramework,
        ),
      /^open .+USER_ON_EVENT_FUNCTION_ARN: got/,
    ),
    ...CLUSTERS.flatMap((stack) => [
      named(
        `${stack}: the Kubernetes handler without its network`,
        (output) => editProperty(output, stack, FUNCTION, ['VpcConfig', undefined], isHandler),
        /^open .+ VpcConfig: got nothing, allowed/,
      ),
      named(
        `${stack}: the Kubernetes handler with a foreign layer more`,
        (output) =>
          editResource(
            output,
            stack,
            FUNCTION,
            ({ Layers }) => {
              (Layers as unknown[]).push(FOREIGN);
            },
            isHandler,
          ),
        /^open .+ Layers\[2\]: got "arn:aws:lambda/,
      ),
    ]),
  ];
}

/** Layers, and what is uploaded. */
function code(): Mutation[] {
  const isCode = (path: string): boolean => /\/asset\.[0-9a-f]{64}$/.test(path);
  return [
    ...CLUSTERS.flatMap((stack) => [
      named(
        `${stack}: a layer from a foreign bucket`,
        (output) => editProperty(output, stack, LAYER, ['Content.S3Bucket', 'added']),
        /^open .+ Content\.S3Bucket: got "added"/,
      ),
      named(
        `${stack}: a layer of another version`,
        (output) => editProperty(output, stack, LAYER, ['Content.S3ObjectVersion', '1']),
        /^open .+ Content\.S3ObjectVersion: got one/,
      ),
    ]),
    ...[...OURS, ...CLUSTERS].flatMap((stack) => [
      named(
        `${stack}: the code is not there`,
        (output) =>
          editAssets(output, stack, (asset) => (isCode(asset.path) ? { ...asset, exists: () => false } : asset)),
        /^open .+ S3Key|^open .+ Code\.S3Key: got the asset .+, which is not there/,
      ),
      named(
        `${stack}: the code goes to a foreign bucket`,
        (output) =>
          editAssets(output, stack, (asset) =>
            isCode(asset.path)
              ? { ...asset, destinations: asset.destinations.map(({ key }) => ({ bucket: 'added', key })) }
              : asset,
          ),
        /^open .+ Code\.S3Key: got .+, allowed the key of one asset/,
      ),
    ]),
  ];
}

/** Functions that nobody declared. */
function added(): Mutation[] {
  const more = (stack: string, id: string, Role: unknown): Mutation =>
    named(
      `${stack}: a function more with ${id}`,
      (output) =>
        addResource(output, stack, {
          Type: FUNCTION,
          Properties: { Code: { ZipFile: 'added' }, Handler: 'index.handler', Role, Runtime: 'nodejs24.x' },
        }),
      /^open .+\/Added: got a function with the role/,
    );
  const arn = (name: string): string => `arn:aws:iam::222222222222:role/atoll-sample-${name}`;
  return [
    more('production-operations', 'the role of the Kubernetes handler', arn('production-kubernetes')),
    more('production-delivery', 'the role of the delivery handler', arn('production-delivery')),
    more('tenant-acme', "the tenant's role", { 'Fn::GetAtt': ['Role', 'Arn'] }),
    named(
      'production-cluster: a second Kubernetes handler',
      (output) => {
        const found = output.stacks.find(({ id }) => id === 'production-cluster')?.template().Resources ?? {};
        const handler = Object.values(found).find(
          ({ Type, Properties = {} }) => Type === FUNCTION && isHandler(Properties),
        );
        if (handler === undefined) throw new Error('got no handler to copy');
        return addResource(output, 'production-cluster', handler);
      },
      /^open .+\/Added: got a function with the role/,
    ),
    ...OURS.map((stack) =>
      named(
        `${stack}: no function`,
        (output) => removeResource(output, stack, FUNCTION),
        /^(?:closed .+: got no function for the|not-understood .+: got a reference to)/,
      ),
    ),
  ];
}

/** Who hears of what was called without waiting. */
function answers(): Mutation[] {
  const to = { OnFailure: { Destination: FOREIGN } };
  const changed = (stack: string, path: string, value: unknown, expects: RegExp): Mutation =>
    named(
      `${stack}: what is called later with ${path} ${JSON.stringify(value)}`,
      (output) => editProperty(output, stack, CONFIG, [path, value]),
      expects,
    );
  return OURS.flatMap((stack) => [
    changed(stack, 'DestinationConfig', to, /^open .+ DestinationConfig: got one/),
    changed(stack, 'MaximumRetryAttempts', 2, /^open .+ MaximumRetryAttempts: got 2, allowed 0/),
    changed(stack, 'FunctionName', 'added', /^open .+ FunctionName: got "added"/),
    changed(stack, 'Qualifier', 'added', /^open .+ Qualifier: got "added"/),
    named(
      `${stack}: what is called later is tried again`,
      (output) => removeResource(output, stack, CONFIG),
      /^closed .+: got no AWS::Lambda::EventInvokeConfig/,
    ),
  ]);
}

/** Macros write what stands beside them, whatever the type. */
function macros(): Mutation[] {
  const types: readonly (readonly [stack: string, type: string])[] = [
    ['tenant-acme', 'AWS::S3::Bucket'],
    ['tenant-acme', 'AWS::Budgets::Budget'],
    ['tenant-birch', 'AWS::Budgets::Budget'],
    ['tenant-birch', 'AWS::CloudWatch::Alarm'],
    ['production-network', 'AWS::EC2::FlowLog'],
    ['production-operations', 'AWS::CloudWatch::Dashboard'],
  ];
  const fails = /^not-understood .+: got the intrinsic Fn::(?:Transform|If|FindInMap|Length)/;
  return types.flatMap(([stack, type]) =>
    ['Fn::Transform', 'Fn::If', 'Fn::FindInMap', 'Fn::Length'].map((name) =>
      named(
        `${stack}: ${type} with ${name}`,
        (output) =>
          editResource(output, stack, type, (properties) => {
            properties['Added'] = [{ [name]: { Name: 'Added' } }];
          }),
        fails,
      ),
    ),
  );
}

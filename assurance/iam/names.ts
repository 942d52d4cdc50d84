import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { NotUnderstood } from './not-understood';

/** A resource of a stack, with what its properties resolve to. */
export interface Made {
  readonly stack: Stack;
  readonly id: string;
  readonly resource: TemplateResource;
  /** A property as a text. @throws NotUnderstood where it is none */
  readonly text: (property: string) => string | undefined;
}

/** What `Ref` and `Fn::GetAtt` give of a resource. */
export interface Names {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Path of a resource for messages: stack and logical id. */
export const whereOf = ({ stack, id }: Pick<Made, 'stack' | 'id'>): string => `${stack.name}/${id}`;

/**
 * A name that CloudFormation makes up. What it will be is not known before the deploy; this one is unique to the resource, stays the
 * same, and begins as the real one does
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html, 2026-11-25).
 */
const generated = ({ stack, id }: Made): string => `${stack.name}-${id}-generated`;
const ID = ({ stack, id }: Made): string => `${stack.name}.${id}`;

const regional = (made: Made, service: string, rest: string): string =>
  `arn:aws:${service}:${made.stack.region}:${made.stack.account}:${rest}`;
const iam = (made: Made, kind: string, name: string): string =>
  `arn:aws:iam::${made.stack.account}:${kind}${made.text('Path') ?? '/'}${name}`;

/** `Ref` gives the name and `Arn` the ARN. */
const named =
  (property: string, arn: (made: Made, name: string) => string) =>
  (made: Made): Names => {
    const name = made.text(property) ?? generated(made);
    return { ref: name, attributes: { Arn: arn(made, name) } };
  };
const id =
  (prefix: string) =>
  (made: Made): Names => ({ ref: `${prefix}-${ID(made)}`, attributes: {} });

/** By type, from the resource's page in https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (2026-11-25). */
const BY_TYPE: Readonly<Record<string, (made: Made) => Names>> = {
  'AWS::IAM::Role': named('RoleName', (made, name) => iam(made, 'role', name)),
  'AWS::IAM::ManagedPolicy': (made) => {
    const arn = iam(made, 'policy', made.text('ManagedPolicyName') ?? generated(made));
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
  'AWS::S3::Bucket': named('BucketName', (_, name) => `arn:aws:s3:::${name}`),
  'AWS::KMS::Key': (made) => ({
    ref: ID(made),
    attributes: { Arn: regional(made, 'kms', `key/${ID(made)}`), KeyId: ID(made) },
  }),
  'AWS::KMS::Alias': (made) => ({ ref: made.text('AliasName') ?? '', attributes: {} }),
  'AWS::SQS::Queue': (made) => {
    const name = made.text('QueueName') ?? generated(made);
    const url = `https://sqs.${made.stack.region}.amazonaws.com/${made.stack.account}/${name}`;
    return { ref: url, attributes: { Arn: regional(made, 'sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::SNS::Topic': (made) => {
    const name = made.text('TopicName') ?? generated(made);
    const arn = regional(made, 'sns', name);
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::Logs::LogGroup': named('LogGroupName', (made, name) => regional(made, 'logs', `log-group:${name}:*`)),
  'AWS::Lambda::Function': named('FunctionName', (made, name) => regional(made, 'lambda', `function:${name}`)),
  'AWS::ECR::Repository': named('RepositoryName', (made, name) => regional(made, 'ecr', `repository/${name}`)),
  'AWS::Events::Rule': named('Name', (made, name) => regional(made, 'events', `rule/${name}`)),
  'AWS::EKS::Cluster': named('Name', (made, name) => regional(made, 'eks', `cluster/${name}`)),
  'AWS::SecretsManager::Secret': (made) => {
    const arn = regional(made, 'secretsmanager', `secret:${made.text('Name') ?? generated(made)}-abcdef`);
    return { ref: arn, attributes: { Id: arn } };
  },
  'AWS::SSM::Parameter': (made) => ({
    ref: made.text('Name') ?? generated(made),
    attributes: { Value: made.text('Value') ?? '' },
  }),
  'AWS::Athena::WorkGroup': (made) => ({ ref: made.text('Name') ?? '', attributes: {} }),
  'AWS::EC2::VPC': id('vpc'),
  'AWS::EC2::VPCEndpoint': id('vpce'),
};

/** @throws NotUnderstood naming a type whose names are not known */
export function namesOf(made: Made): Names {
  const names = BY_TYPE[made.resource.Type];
  if (names !== undefined) return names(made);
  throw new NotUnderstood([
    `${whereOf(made)}: got a reference to ${made.resource.Type}, allowed ${Object.keys(BY_TYPE).join(', ')}`,
  ]);
}

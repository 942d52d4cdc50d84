import { asList, at, type CfnTemplate, isRecord, type TemplateContext } from './template';

/** The property that holds a resource's own name, and how its ARN is built from it. */
const NAMED: Readonly<Record<string, readonly [property: string, arn: (name: string, account: string) => string]>> = {
  'AWS::IAM::Role': ['RoleName', (name, account) => `arn:aws:iam::${account}:role/${name}`],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', (name, account) => `arn:aws:iam::${account}:policy/${name}`],
  'AWS::S3::Bucket': ['BucketName', (name) => `arn:aws:s3:::${name}`],
  'AWS::SQS::Queue': ['QueueName', (name, account) => `arn:aws:sqs:${REGION}:${account}:${name}`],
  'AWS::SNS::Topic': ['TopicName', (name, account) => `arn:aws:sns:${REGION}:${account}:${name}`],
  'AWS::Logs::LogGroup': ['LogGroupName', (name, account) => `arn:aws:logs:${REGION}:${account}:log-group:${name}:*`],
  'AWS::Lambda::Function': ['FunctionName', (name, account) => `arn:aws:lambda:${REGION}:${account}:function:${name}`],
  'AWS::KMS::Key': ['', (_, account) => `arn:aws:kms:${REGION}:${account}:key/${KEY_ID}`],
};

/** As long as the longest region's name. */
const REGION = '${AWS::Region}';
const KEY_ID = '00000000-0000-0000-0000-000000000000';

/**
 * What a value of a template will be, with names that CloudFormation makes up replaced by ones of the same length
 * (`<stack>-<logicalId>-<12 characters>`). What cannot be told before the deploy stays as `${Fn::…}`.
 */
export function textOf(value: unknown, template: CfnTemplate, context: TemplateContext): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isRecord(value)) return '';
  const reference = value['Ref'];
  if (typeof reference === 'string') return refText(reference, template, context);
  const attribute = value['Fn::GetAtt'];
  if (attribute !== undefined) return attributeText(attribute, template, context);
  const join = value['Fn::Join'];
  if (Array.isArray(join)) {
    return asList(join[1])
      .map((part) => textOf(part, template, context))
      .join(String(join[0]));
  }
  const sub = value['Fn::Sub'];
  if (sub !== undefined) return subText(sub, template, context);
  return `\${${Object.keys(value)[0] ?? ''}}`;
}

function refText(id: string, template: CfnTemplate, context: TemplateContext): string {
  if (id === 'AWS::AccountId') return context.account ?? '0'.repeat(12);
  if (id === 'AWS::Partition') return 'aws';
  if (id === 'AWS::URLSuffix') return 'amazonaws.com';
  const resource = template.Resources?.[id];
  if (resource === undefined) return `\${${id}}`;
  if (resource.Type === 'AWS::KMS::Key') return KEY_ID;
  const property = NAMED[resource.Type]?.[0];
  const name = property === undefined || property === '' ? undefined : resource.Properties?.[property];
  return name === undefined ? `${context.stackName}-${id}-XXXXXXXXXXXX` : textOf(name, template, context);
}

function attributeText(attribute: unknown, template: CfnTemplate, context: TemplateContext): string {
  const [id, ...names] = typeof attribute === 'string' ? attribute.split('.') : asList(attribute).map(String);
  const type = template.Resources?.[id ?? '']?.Type;
  if (id === undefined || type === undefined) return `\${${String(id)}.${names.join('.')}}`;
  const name = refText(id, template, context);
  if (names[0] !== 'Arn') return name;
  const account = context.account ?? '0'.repeat(12);
  const path = at(template.Resources?.[id]?.Properties, 'Path');
  const full = typeof path === 'string' && path !== '/' ? `${path.replace(/^\//, '')}${name}` : name;
  return NAMED[type]?.[1](full, account) ?? `arn:aws:service:${REGION}:${account}:resource/${name}`;
}

function subText(sub: unknown, template: CfnTemplate, context: TemplateContext): string {
  const [text, variables] = asList(sub);
  if (typeof text !== 'string') return '${Fn::Sub}';
  return text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const given = isRecord(variables) ? variables[name] : undefined;
    if (given !== undefined) return textOf(given, template, context);
    if (name === 'AWS::Region') return whole;
    return name.includes('.') ? attributeText(name, template, context) : refText(name, template, context);
  });
}

/** Characters of a value as compact JSON, which is how a policy is stored, with its intrinsics as `textOf` tells them. */
export function jsonLength(value: unknown, template: CfnTemplate, context: TemplateContext): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) {
    let length = 1 + Math.max(value.length, 1);
    for (const item of value) length += jsonLength(item, template, context);
    return length;
  }
  if (!isRecord(value)) return String(value).length;
  let length = 1;
  for (const key in value) {
    if (key === 'Ref' || key.startsWith('Fn::')) return textOf(value, template, context).length + 2;
    length += key.length + 4 + jsonLength(value[key], template, context);
  }
  return Math.max(length, 2);
}

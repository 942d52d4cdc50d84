import { at, isValues, listOf, shown } from '../output/values';
import { NotUnderstood } from './not-understood';
import type { Reader } from './read-made';
import type { LogFilter, Resource, TopicSubscription } from './world';

/**
 * What a resource sends on by itself once it is made: no policy and no request tells of it later.
 * @throws NotUnderstood
 */
export function wiringOf(reader: Reader): Pick<Resource, 'notifies' | 'deadLettersTo' | 'deadLettersFrom'> {
  const { Type } = reader.made.resource;
  if (Type === 'AWS::S3::Bucket') return { notifies: notified(reader) };
  if (Type !== 'AWS::SQS::Queue') return {};
  return { deadLettersTo: deadLettersTo(reader), deadLettersFrom: deadLettersFrom(reader) };
}

/** @throws NotUnderstood */
export const readLogFilter = (reader: Reader): LogFilter => ({
  where: reader.where,
  logGroup: reader.required('LogGroupName'),
});

/** @throws NotUnderstood */
export const readSubscription = (reader: Reader): TopicSubscription => ({
  where: reader.where,
  topic: reader.required('TopicArn'),
  endpoint: reader.required('Endpoint'),
  deadLettersTo: deadLettersTo(reader),
});

/** Lists of a bucket's notifications, and the field of each that names who is told. */
const TOLD: Readonly<Record<string, string>> = {
  TopicConfigurations: 'Topic',
  QueueConfigurations: 'Queue',
  LambdaConfigurations: 'Function',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html, 2026-11-25. */
function notified(reader: Reader): string[] {
  const value = reader.value('NotificationConfiguration') ?? {};
  if (!isValues(value)) throw unknown(reader, 'NotificationConfiguration', value, 'its lists');
  return Object.entries(value).flatMap(([list, entries]) => {
    // Whatever is in it: the account's bus is told of everything.
    if (list === 'EventBridgeConfiguration') return ['EventBridge'];
    const field = TOLD[list];
    if (field === undefined)
      throw unknown(reader, 'NotificationConfiguration', list, [...Object.keys(TOLD), 'EventBridgeConfiguration']);
    return listOf(entries).map((entry) => {
      const told = at(entry, field);
      if (typeof told === 'string') return told;
      throw unknown(reader, `NotificationConfiguration.${list}`, entry, `one with an ARN as ${field}`);
    });
  });
}

function deadLettersTo(reader: Reader): string | undefined {
  const policy = reader.value('RedrivePolicy');
  if (policy === undefined) return undefined;
  const target = at(policy, 'deadLetterTargetArn');
  if (typeof target === 'string') return target;
  throw unknown(reader, 'RedrivePolicy', policy, 'one with an ARN as deadLetterTargetArn');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, 2026-11-25. */
function deadLettersFrom(reader: Reader): NonNullable<Resource['deadLettersFrom']> {
  const policy = reader.value('RedriveAllowPolicy');
  const sources = at(policy, 'sourceQueueArns');
  const permission = policy === undefined ? 'allowAll' : at(policy, 'redrivePermission');
  if (permission === 'allowAll') return 'any';
  if (permission === 'denyAll') return [];
  if (permission === 'byQueue' && Array.isArray(sources) && sources.every((one) => typeof one === 'string'))
    return sources;
  throw unknown(reader, 'RedriveAllowPolicy', policy, 'allowAll, denyAll, or byQueue with ARNs as sourceQueueArns');
}

const unknown = ({ where }: Reader, path: string, got: unknown, allowed: string | readonly string[]): NotUnderstood =>
  new NotUnderstood([`${where}.${path}: got ${shown(got)}, allowed ${[allowed].flat().join(', ')}`]);

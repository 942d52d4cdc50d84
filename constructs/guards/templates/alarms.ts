import { articleOf, RUNBOOK } from '../../../schema/runbook';
import type { Scan } from './scan';
import { asList, type CfnTemplateResource, fault, type TemplateContext } from './template';

/** What CloudWatch may take a period without data for. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (2026-11-26) */
const MISSING: readonly unknown[] = ['breaching', 'ignore', 'missing', 'notBreaching'];

const TYPE = 'AWS::CloudWatch::Alarm';

/** Kinds of alarms, and what silences them, that no rule here understands. */
const OTHER_TYPES: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::AlarmMuteRule',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::LogAlarm',
]);

/**
 * An alarm that nobody hears of is none: each has a name, tells somebody, says what a period without data means, and ends its description
 * with the article of the runbook that says what to do.
 */
export function alarmFaults(scan: Scan, context: TemplateContext): string[] {
  return scan.resources.flatMap(([id, resource]) => {
    if (OTHER_TYPES.has(resource.Type)) {
      const remedy = 'use one, or let constructs/guards/templates/alarms.ts judge it too';
      return [fault(context.stackName, `${id}: Type`, resource.Type, TYPE, remedy)];
    }
    return resource.Type === TYPE ? faultsOf(id, resource, context.stackName) : [];
  });
}

function faultsOf(id: string, resource: CfnTemplateResource, stackName: string): string[] {
  const properties = resource.Properties ?? {};
  const wrong = (property: string, allowed: string, remedy: string): string =>
    fault(stackName, `${id}: Properties.${property}`, shown(properties[property]), allowed, remedy);
  const faults: string[] = [];
  if (typeof properties['AlarmName'] !== 'string') {
    faults.push(wrong('AlarmName', 'a name', 'name it by schema/names.ts'));
  }
  if (asList(properties['AlarmActions']).length === 0) {
    faults.push(wrong('AlarmActions', "the topic of the account's alarms", 'add it'));
  }
  if (properties['ActionsEnabled'] === false) {
    faults.push(wrong('ActionsEnabled', 'true', 'leave it out, or take the alarm out'));
  }
  if (!MISSING.includes(properties['TreatMissingData'])) {
    faults.push(wrong('TreatMissingData', MISSING.join(', '), 'say what a period without data means'));
  }
  const description = properties['AlarmDescription'];
  if (typeof description !== 'string' || articleOf(description) === undefined) {
    faults.push(
      wrong(
        'AlarmDescription',
        `a sentence and a link to an article of ${RUNBOOK}`,
        'use alarmDescription of schema/runbook.ts',
      ),
    );
  }
  return faults;
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../constructs/guards/templates/template';
import { faultsOf } from './templates-support';

const GOOD: Json = {
  AlarmName: 'atoll-dev-production-gpu-idle',
  AlarmDescription: 'a GPU does nothing. https://wiki.example.com/runbook.md#a-gpu-is-idle',
  AlarmActions: ['arn:aws:sns:eu-central-1:222222222222:atoll-dev-production-alerts'],
  TreatMissingData: 'notBreaching',
};
const alarm = (changes: Json): string[] =>
  faultsOf({ A: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...GOOD, ...changes } } });

describe('an alarm', () => {
  test('is fine that has a name, tells somebody, says what silence means and links to an article', () => {
    expect(alarm({})).toEqual([]);
    expect(alarm({ AlarmDescription: 'a GPU does nothing. docs/runbook.md#a-gpu-is-idle' })).toEqual([]);
    expect(alarm({ ActionsEnabled: true })).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ['has no name', { AlarmName: undefined }, 'AlarmName: got nothing, allowed a name; name it by schema/names.ts'],
    [
      'tells nobody',
      { AlarmActions: undefined },
      "AlarmActions: got nothing, allowed the topic of the account's alarms; add it",
    ],
    [
      'has an empty list of whom to tell',
      { AlarmActions: [] },
      "AlarmActions: got [], allowed the topic of the account's alarms; add it",
    ],
    [
      'is switched off',
      { ActionsEnabled: false },
      'ActionsEnabled: got false, allowed true; leave it out, or take the alarm out',
    ],
    [
      "leaves a period without data to CloudWatch's default",
      { TreatMissingData: undefined },
      'TreatMissingData: got nothing, allowed breaching, ignore, missing, notBreaching; say what a period without data means',
    ],
    [
      'takes a period without data for something unknown',
      { TreatMissingData: 'fine' },
      'TreatMissingData: got "fine", allowed breaching, ignore, missing, notBreaching; say what a period without data means',
    ],
    ...[
      undefined,
      'a GPU does nothing',
      'a GPU does nothing. docs/runbook.md',
      'a GPU does nothing. docs/runbook.md#a-gpu-is-lost',
      'docs/runbook.md#a-gpu-is-idle',
      'a GPU does nothing. docs/runbook.md#a-gpu-is-idle and more',
    ].map((text): [string, Json, string] => [
      `says ${text === undefined ? 'nothing' : `'${text}'`}`,
      { AlarmDescription: text },
      `AlarmDescription: got ${text === undefined ? 'nothing' : `"${text}"`}, allowed a sentence and a link to an article of docs/runbook.md; use alarmDescription of schema/runbook.ts`,
    ]),
  ])('that %s is a fault', (_, changes, expected) => {
    expect(alarm(changes)).toEqual([`dev-acme/A: Properties.${expected}`]);
  });

  test.each(['CompositeAlarm', 'LogAlarm', 'AlarmMuteRule'].map((name) => `AWS::CloudWatch::${name}`))(
    'of type %s is not known here',
    (Type) => {
      expect(faultsOf({ A: { Type, Properties: {} } })).toEqual([
        `dev-acme/A: Type: got ${Type}, allowed AWS::CloudWatch::Alarm; use one, or let constructs/guards/templates/alarms.ts judge it too`,
      ]);
    },
  );
});

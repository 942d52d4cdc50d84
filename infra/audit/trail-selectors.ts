import { recordedArns } from '../../schema/audit-arns';
import type { AuditAccount } from './audit-account';

/**
 * Values that a trail takes in all conditions of all its selectors, not raisable
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html, 2026-11-25).
 */
export const SELECTOR_VALUES = 500;

export interface FieldSelector {
  readonly field: string;
  readonly equals?: string[];
  readonly startsWiths?: string[];
}

export interface EventSelector {
  readonly name: string;
  readonly fieldSelectors: FieldSelector[];
}

/**
 * What the trail records: every management event (of the whole organisation, since these know no filter by resource), and the data
 * events of the environments' buckets and functions, by prefix. A tenant more adds no value.
 */
export function trailSelectors(audit: AuditAccount): EventSelector[] {
  const { environments } = audit;
  return [
    { name: 'Management events', fieldSelectors: [equals('eventCategory', 'Management')] },
    data('Objects of the environments', 'AWS::S3::Object', environments.map(recordedArns.objects)),
    {
      name: 'Reading of the archive',
      fieldSelectors: [
        ...category('AWS::S3::Object'),
        // Its writes would be recorded by a write, and so on.
        equals('readOnly', 'true'),
        startsWith([recordedArns.archive(audit)]),
      ],
    },
    data('Calls of the handlers', 'AWS::Lambda::Function', environments.flatMap(recordedArns.functions)),
  ];
}

function data(name: string, type: string, prefixes: string[]): EventSelector {
  return { name, fieldSelectors: [...category(type), startsWith(prefixes)] };
}

const equals = (field: string, value: string): FieldSelector => ({ field, equals: [value] });
const startsWith = (startsWiths: string[]): FieldSelector => ({ field: 'resources.ARN', startsWiths });
const category = (type: string): FieldSelector[] => [equals('eventCategory', 'Data'), equals('resources.type', type)];

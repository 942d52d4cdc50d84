import { expect, test } from '@jest/globals';
import { SELECTOR_VALUES, trailSelectors } from '../../../infra/audit/trail-selectors';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';
import { auditOf, auditSample, environmentPair } from './sample-audit';

/** Values in all conditions of all selectors, as CloudTrail counts them. */
const values = (selectors: ReturnType<typeof trailSelectors>): number =>
  selectors.flatMap(({ fieldSelectors }) =>
    fieldSelectors.flatMap(({ equals = [], startsWiths = [] }) => [...equals, ...startsWiths]),
  ).length;

test('the trail is of the whole organisation, of every region, validated, encrypted, and started', async () => {
  const { find } = await auditSample();
  expect(find('Trail', 'trail').inputs).toMatchObject({
    name: 'atoll-audit-444444444444',
    isOrganizationTrail: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    enableLogging: true,
    s3BucketName: 'atoll-audit-archive-444444444444',
    s3KeyPrefix: 'trail',
    kmsKeyId: '${archive-key.arn}',
    advancedEventSelectors: trailSelectors(auditOf()),
  });
});

test('data events are selected by the beginnings of names, so that a thousand tenants take no more values than one', () => {
  const [first] = sampleTenants;
  if (first === undefined) throw new Error('got no sample tenant, allowed one or more; add one');
  const tenants = Array.from({ length: 1000 }, (_, i) => ({ ...first, id: `tenant-${String(i)}` }));
  const [, second] = environmentPair();
  const many = trailSelectors(auditOf([sampleEnvironment({ tenants, grants: [] }), second]));
  expect(many).toEqual(trailSelectors(auditOf()));
  expect(values(many)).toBe(19);
  expect(values(many)).toBeLessThan(SELECTOR_VALUES);
});

test('every bucket of every environment is recorded, and every call of its functions', () => {
  const [management, objects, archive, functions] = trailSelectors(auditOf());
  expect(management?.fieldSelectors).toEqual([{ field: 'eventCategory', equals: ['Management'] }]);
  const category = (type: string) => [
    { field: 'eventCategory', equals: ['Data'] },
    { field: 'resources.type', equals: [type] },
  ];
  expect(objects?.fieldSelectors).toEqual([
    ...category('AWS::S3::Object'),
    { field: 'resources.ARN', startsWiths: ['arn:aws:s3:::atoll-sample-', 'arn:aws:s3:::atoll-second-'] },
  ]);
  expect(functions?.fieldSelectors).toEqual([
    ...category('AWS::Lambda::Function'),
    {
      field: 'resources.ARN',
      startsWiths: [
        'arn:aws:lambda:eu-central-1:222222222222:function:sample-',
        'arn:aws:lambda:eu-central-1:222222222222:function:atoll-sample-',
        'arn:aws:lambda:eu-central-1:333333333333:function:sample-',
        'arn:aws:lambda:eu-central-1:333333333333:function:atoll-sample-',
        'arn:aws:lambda:us-east-1:777777777777:function:second-',
        'arn:aws:lambda:us-east-1:777777777777:function:atoll-second-',
        'arn:aws:lambda:us-east-1:888888888888:function:second-',
        'arn:aws:lambda:us-east-1:888888888888:function:atoll-second-',
      ],
    },
  ]);
  // Only what is read: the trail's own writes would be recorded without end.
  expect(archive?.fieldSelectors).toEqual([
    ...category('AWS::S3::Object'),
    { field: 'readOnly', equals: ['true'] },
    { field: 'resources.ARN', startsWiths: ['arn:aws:s3:::atoll-audit-archive-444444444444/'] },
  ]);
});

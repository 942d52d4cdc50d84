import { expect, test } from '@jest/globals';
import { tenantClasses } from '../../../assurance/isolation/tenant-classes';
import type { Stack, Template } from '../../../assurance/output/cloud-assembly';

function stack(id: string, properties: Readonly<Record<string, unknown>>): Stack {
  return ofTemplate(id, { Resources: { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: properties } } });
}
/** As the CDK writes it, but for what a test says of its text. */
function ofTemplate(id: string, template: Template, text = JSON.stringify(template, undefined, 1)): Stack {
  return {
    id,
    name: `test-${id}`,
    account: '222222222222',
    region: 'eu-central-1',
    file: `${id}.json`,
    text: () => text,
    assets: () => [],
    template: () => template,
  };
}
const tenant = (id: string, text = `arn:aws:s3:::atoll-test-${id}-222222222222`): Stack =>
  stack(`tenant-${id}`, { text });
const classes = (
  ids: readonly string[],
  stacks: readonly Stack[],
  declared: (id: string) => string = () => '',
): string[] =>
  tenantClasses(ids, stacks, { declared, namesOf: (id) => [id, `arn:aws:s3:::atoll-test-${id}-222222222222`] }).map(
    ({ tenants, asked, standing }) => `${tenants.join(' ')} | ${asked.join(' ')} | ${standing.join(' ')}`,
  );

test('tenants that differ in their name only are one class, of which one is asked about beside a second', () => {
  const ids = ['acme', 'birch', 'cedar'];
  expect(
    classes(
      ids,
      ids.map((id) => tenant(id)),
    ),
  ).toEqual(['acme birch cedar | acme | acme birch']);
});

test('a tenant whose policy differs is a class of its own', () => {
  expect(classes(['acme', 'birch'], [tenant('acme'), tenant('birch', 'arn:aws:s3:::*')])).toEqual([
    'acme | acme | acme',
    'birch | birch | birch',
  ]);
});

test('a tenant of which something else is declared is a class of its own, though its policies are the same', () => {
  const ids = ['acme', 'birch', 'cedar', 'delta'];
  const declared = (id: string): string => (id === 'delta' ? 'nothing' : `reads ${id}`);
  const stacks = ids.map((id) => tenant(id));
  expect(classes(ids, stacks, declared)).toEqual(['acme birch cedar | acme | acme birch', 'delta | delta | delta']);
});

test('a tenant that a policy of the platform names, and another not, differ', () => {
  const ids = ['acme', 'birch'];
  const grant = stack('research-data-access', { Resource: ['arn:aws:s3:::atoll-test-birch-222222222222/*'] });
  expect(classes(ids, [...ids.map((id) => tenant(id)), grant])).toEqual([
    'acme | acme | acme',
    'birch | birch | birch',
  ]);
});

test('a tenant whose name a pattern of the platform fits in part is a class of its own', () => {
  const ids = ['acme', 'birch', 'cedar'];
  const role = stack('production-operations', {
    Resource: ['arn:aws:s3:::atoll-test-b*/*', 'arn:aws:s3:::atoll-test-*'],
  });
  expect(classes(ids, [...ids.map((id) => tenant(id)), role])).toEqual([
    'acme cedar | acme | acme cedar',
    'birch | birch | birch',
  ]);
});

test('tenants of which one is allowed what the other is denied differ, though each is named in the same place', () => {
  const ids = ['acme', 'birch'];
  const statement = (Effect: string, id: string) => ({
    Effect,
    Resource: `arn:aws:s3:::atoll-test-${id}-222222222222/*`,
  });
  const role = stack('production-operations', { Statement: [statement('Allow', 'birch'), statement('Deny', 'acme')] });
  expect(classes(ids, [...ids.map((id) => tenant(id)), role])).toEqual(['acme | acme | acme', 'birch | birch | birch']);
});

test('tenants that a list names in any order are the same', () => {
  const ids = ['acme', 'birch', 'cedar'];
  const Resource = ['birch', 'acme', 'cedar'].map((id) => `arn:aws:s3:::atoll-test-${id}-222222222222/*`);
  expect(classes(ids, [...ids.map((id) => tenant(id)), stack('research-data-access', { Resource })])).toEqual([
    'acme birch cedar | acme | acme birch',
  ]);
});

test('tenants whose ids are part of each other are classes by themselves, also where no hyphen parts them', () => {
  const ids = ['acme', 'acme-logistics', 'birch', 'cedar', 'delta'];
  expect(
    classes(
      ids,
      ids.map((id) => tenant(id)),
    ),
  ).toEqual([
    'acme | acme | acme',
    'acme-logistics | acme-logistics | acme-logistics',
    'birch cedar delta | birch | birch cedar',
  ]);
  expect(
    classes(
      ['ace', 'peacecorp', 'birch'],
      ['ace', 'peacecorp', 'birch'].map((id) => tenant(id)),
    ),
  ).toEqual(['ace | ace | ace', 'peacecorp | peacecorp | peacecorp', 'birch | birch | birch']);
});

test('a tenant whom the stacks of others name is a class by himself', () => {
  const ids = ['acme', 'birch', 'cedar', 'delta'];
  const naming = (id: string): Stack => tenant(id, `arn:aws:s3:::atoll-test-${id}-222222222222 and atoll-test-delta`);
  expect(classes(ids, [naming('acme'), naming('birch'), tenant('cedar'), tenant('delta')])).toEqual([
    'acme birch | acme | acme birch',
    'cedar | cedar | cedar',
    'delta | delta | delta',
  ]);
});

const PARTITION = { Ref: 'AWS::Partition' };
test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a pattern that is joined', { 'Fn::Join': ['', ['arn:', PARTITION, ':s3:::atoll-test-ze*']] }],
  ['a pattern with a pseudo parameter', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::atoll-test-ze*' }],
  ['an id that is joined', { 'Fn::Join': ['', ['arn:aws:s3:::atoll-test-ze', 'ta-222222222222']] }],
  ['an id in capitals', { text: 'ATOLL-TEST-ZETA' }],
  ['a variable with a default', { text: "arn:aws:s3:::atoll-test-${aws:PrincipalTag/none, 'zet'}a-222222222222" }],
  ['the end of a name', { text: 'arn:aws:s3:::atoll-test-*ta-222222222222/*' }],
  ["another stack's output", { 'Fn::GetStackOutput': { StackName: 'test-production-other', OutputName: 'Who' } }],
])('a tenant whom %s means is a class by himself', (_, Resource) => {
  const ids = ['acme', 'birch', 'zeta'];
  const other = ofTemplate('production-other', { Resources: {}, Outputs: { Who: { Value: 'atoll-test-zeta' } } });
  const stacks = [...ids.map((id) => tenant(id)), other, stack('production-operations', { Resource })];
  expect(classes(ids, stacks)).toEqual(['acme birch | acme | acme birch', 'zeta | zeta | zeta']);
});

test('a tenant of whom something else of a template differs is a class by himself', () => {
  const ids = ['acme', 'birch', 'zeta'];
  const changed = (change: (template: Template) => Template): string[] =>
    classes(
      ids,
      ids.map((id) => {
        const one = tenant(id);
        return id === 'zeta' ? ofTemplate(one.id, change(one.template())) : one;
      }),
    );
  const apart = ['acme birch | acme | acme birch', 'zeta | zeta | zeta'];
  expect(changed((template) => template)).toEqual(['acme birch zeta | acme | acme birch']);
  expect(changed((template) => ({ ...template, Outputs: { Who: { Value: '999999999999' } } }))).toEqual(apart);
  expect(changed((template) => ({ ...template, Conditions: {} }))).toEqual(apart);
  expect(
    changed(({ Resources }) => ({
      Resources: Object.fromEntries(Object.entries(Resources).map(([id, one]) => [id, { ...one, Condition: 'Never' }])),
    })),
  ).toEqual(apart);
});

test('a policy of the organisation parts tenants as one of a stack does', () => {
  const ids = ['acme', 'birch', 'zeta'];
  const beside = (NotResource: string): string[] =>
    tenantClasses(
      ids,
      ids.map((id) => tenant(id)),
      {
        declared: () => '',
        namesOf: (id) => [`arn:aws:s3:::atoll-test-${id}-222222222222`],
        beside: [{ place: 'audit/policy', value: { NotResource } }],
      },
    ).map(({ tenants }) => tenants.join(' '));
  expect(beside('arn:aws:s3:::atoll-test-*')).toEqual(['acme birch zeta']);
  expect(beside('arn:aws:s3:::atoll-test-ze*')).toEqual(['acme birch', 'zeta']);
});

test('a template that is not written as the CDK writes it says what it says', () => {
  const ids = ['acme', 'birch', 'zeta'];
  const written = (text: (template: Template) => string): string[] =>
    classes(
      ids,
      ids.map((id) => {
        const one = tenant(id, id === 'zeta' ? 'arn:aws:s3:::*' : undefined);
        return ofTemplate(one.id, one.template(), id === 'acme' ? undefined : text(one.template()));
      }),
    );
  const apart = ['acme birch | acme | acme birch', 'zeta | zeta | zeta'];
  expect(written((template) => JSON.stringify(template))).toEqual(apart);
  expect(written((template) => JSON.stringify(template, undefined, 2))).toEqual(apart);
  // Cut where it seems to begin, a piece is no resource.
  expect(written((template) => JSON.stringify(template, undefined, 1).replace('   "Type"', '  "Type"'))).toEqual(apart);
});

test('resources that no policy depends on part nobody, and are told by their type alone', () => {
  const ids = ['acme', 'birch', 'cedar'];
  const limited = (id: string, Type: string): Stack =>
    ofTemplate(`tenant-${id}`, { Resources: { Limit: { Type, Properties: { Amount: id === 'cedar' ? 2 : 1 } } } });
  const sorted = (type: string): string[] =>
    classes(
      ids,
      ids.map((id) => limited(id, type)),
    );
  expect(sorted('AWS::Budgets::Budget')).toEqual(['acme birch cedar | acme | acme birch']);
  expect(sorted('AWS::SNS::Topic')).toEqual(['acme birch | acme | acme birch', 'cedar | cedar | cedar']);
});

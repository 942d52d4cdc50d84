import type { BadEnvironment } from './bad-environment';

const GRANT = 'grants/speech-one.yaml';
const many = Array.from({ length: 41 }, (_, i) => `tenant-${i}`);
const tenantFile = (id: string): string => `id: ${id}
state: active
region: eu-central-1
data: [{ class: audio, retentionDays: 30 }]
monthlyBudgetUsd: 1
`;
const second = (id: string, ticket: string): string => `id: ${id}
team: speech
people: [ada@example.com]
tenants: [acme]
classes: [text]
purpose: annotation
justification: Labels the mails that nobody has read yet.
approver: lin@example.com
ticket: ${ticket}
issued: 2026-11-01
expires: 2026-12-01
`;

export const grantCases: readonly BadEnvironment[] = [
  {
    name: 'a grant that expired',
    options: { today: '2027-01-16' },
    expected: [
      "environments/test/grants/speech-one.yaml:15: expires: got '2027-01-15', at least today, '2027-01-16'; remove the grant, or issue a new one with a ticket of its own",
    ],
  },
  {
    name: 'a grant of more than 90 days',
    files: { [GRANT]: [['2027-01-15', '2027-02-15']] },
    expected: [
      "environments/test/grants/speech-one.yaml:15: expires: got '2027-02-15', 106 days after issued, at most 90 days after issued; expire it earlier and renew it in time",
    ],
  },
  {
    name: 'a grant that expires before it is issued',
    files: { [GRANT]: [['2027-01-15', '2026-10-15']] },
    expected: [
      "environments/test/grants/speech-one.yaml:15: expires: got '2026-10-15', at least '2026-11-01', the day of issued; correct one of the two days",
    ],
  },
  {
    name: 'a day that does not exist',
    files: { [GRANT]: [['2027-01-15', '2027-02-30']] },
    expected: [
      "environments/test/grants/speech-one.yaml:15: expires: got '2027-02-30', allowed a day as YYYY-MM-DD; change it to that form",
    ],
  },
  {
    name: 'a grant of too many tenants',
    files: {
      [GRANT]: [['  - acme\n', many.map((id) => `  - ${id}\n`).join('')]],
      ...Object.fromEntries(many.map((id) => [`tenants/${id}.yaml`, tenantFile(id)])),
    },
    expected: [
      'environments/test/grants/speech-one.yaml:6: tenants: got a list of 41, at most 40 in the list; take some out',
    ],
  },
  {
    name: 'a grant of no tenants',
    files: { [GRANT]: [['  - acme', '  []']] },
    expected: [
      'environments/test/grants/speech-one.yaml:6: tenants: got a list of 0, at least 1 in the list where sources is empty; name what the grant opens',
    ],
  },
  {
    name: 'a grant of an unknown tenant',
    files: { [GRANT]: [['- acme', '- acne']] },
    expected: [
      "environments/test/grants/speech-one.yaml:7: tenants[0]: got 'acne', allowed 'acme' or 'birch'; did you mean 'acme'",
    ],
  },
  {
    name: 'a tenant twice in a grant',
    files: { [GRANT]: [['- acme', '- acme\n  - acme']] },
    expected: [
      "environments/test/grants/speech-one.yaml:8: tenants[1]: got 'acme' again, each tenant at most once; remove one of the two",
    ],
  },
  {
    name: 'a grant of an unknown team',
    files: { [GRANT]: [['team: speech', 'team: speach']] },
    expected: [
      "environments/test/grants/speech-one.yaml:3: team: got 'speach', allowed 'speech' or 'vision'; did you mean 'speech'",
    ],
  },
  {
    name: 'a grant of a class that the tenant has not handed over',
    files: { [GRANT]: [['- audio', '- audio\n  - video']] },
    expected: [
      "environments/test/grants/speech-one.yaml:7: tenants[0]: got 'acme', allowed tenants that hand over class 'video' (it has 'audio' or 'text'); take out the tenant or the class",
    ],
  },
  {
    name: 'a grant of an unknown class',
    files: { [GRANT]: [['- audio', '- images']] },
    expected: [
      "environments/test/grants/speech-one.yaml:9: classes[0]: got 'images', allowed 'video', 'audio' or 'text'; choose one of them",
    ],
  },
  {
    name: 'a class twice in a grant',
    files: { [GRANT]: [['- audio', '- audio\n  - audio']] },
    expected: [
      "environments/test/grants/speech-one.yaml:10: classes[1]: got 'audio' again, each class at most once; remove one of the two",
    ],
  },
  {
    name: 'an approver who uses the grant',
    files: { [GRANT]: [['lin@example.com', 'ada@example.com']] },
    expected: [
      "environments/test/grants/speech-one.yaml:12: approver: got 'ada@example.com', allowed a person who is not among people; let somebody else approve",
    ],
  },
  {
    name: 'an approver who uses the grant in other letters',
    files: { [GRANT]: [['lin@example.com', 'Ada@Example.com']] },
    expected: [
      "environments/test/grants/speech-one.yaml:12: approver: got 'Ada@Example.com', allowed a person who is not among people; let somebody else approve",
    ],
  },
  {
    name: 'a person twice in a grant',
    files: { [GRANT]: [['- ada@example.com', '- ada@example.com\n  - max@example.com\n  - ADA@example.com']] },
    expected: [
      "environments/test/grants/speech-one.yaml:7: people[2]: got 'ADA@example.com' again, each person at most once; remove one of the two",
    ],
  },
  {
    name: 'a person without an e-mail address',
    files: { [GRANT]: [['ada@example.com', 'ada']] },
    expected: [
      "environments/test/grants/speech-one.yaml:5: people[0]: got 'ada', allowed an e-mail address; change it to that form",
    ],
  },
  {
    name: 'a purpose that is not on the list',
    files: { [GRANT]: [['purpose: model-training', 'purpose: curiosity']] },
    expected: [
      "environments/test/grants/speech-one.yaml:10: purpose: got 'curiosity', allowed 'model-training', 'model-evaluation', 'quality-assurance', 'annotation' or 'incident-investigation'; choose one of them",
    ],
  },
  {
    name: 'a justification of one word',
    files: { [GRANT]: [['Fine-tunes the recognizer for telephone lines.', 'Training']] },
    expected: [
      "environments/test/grants/speech-one.yaml:11: justification: got 'Training' (8 characters), at least 20 characters; lengthen it",
    ],
  },
  {
    name: 'a justification of blanks',
    files: { [GRANT]: [['Fine-tunes the recognizer for telephone lines.', `"Why not?${' '.repeat(20)}\\u200b"`]] },
    expected: [
      "environments/test/grants/speech-one.yaml:11: justification: got 'Why not? \u200b' (8 characters without blanks around them), at least 20 characters; say why in a sentence",
    ],
  },
  {
    name: 'a ticket in small letters',
    files: { [GRANT]: [['DATA-1', 'data 1']] },
    expected: [
      "environments/test/grants/speech-one.yaml:13: ticket: got 'data 1', allowed a ticket such as 'DATA-123'; change it to that form",
    ],
  },
  {
    name: 'a grant of a tenant under erasure',
    files: { 'tenants/acme.yaml': [['state: active', 'state: erasing']] },
    expected: [
      "environments/test/grants/speech-one.yaml:7: tenants[0]: got 'acme', which is erasing, allowed active or suspended tenants; take it out",
    ],
  },
  {
    name: 'a grant of an erased tenant',
    input: { retiredTenantIds: ['acme'] },
    files: { 'tenants/acme.yaml': [['state: active', 'state: erased']] },
    expected: [
      "environments/test/grants/speech-one.yaml:7: tenants[0]: got 'acme', which is erased, allowed active or suspended tenants; take it out",
    ],
  },
  {
    name: 'a grant that is issued on a day to come',
    options: { today: '2026-10-31' },
    expected: [
      "environments/test/grants/speech-one.yaml:14: issued: got '2026-11-01', at most today, '2026-10-31'; correct the day, or add the grant when it comes",
    ],
  },
  {
    name: 'a way twice',
    files: { [GRANT]: [['purpose:', 'ways: [sessions, pods, sessions]\npurpose:']] },
    expected: [
      "environments/test/grants/speech-one.yaml:10: ways[2]: got 'sessions' again, each way at most once; remove one of the two",
    ],
  },
  {
    name: 'sessions of more people than a trust policy names',
    files: {
      [GRANT]: [
        ['purpose:', 'ways: [sessions]\npurpose:'],
        ['people:\n', `people:\n${Array.from({ length: 16 }, (_, i) => `  - person-${i}@example.com\n`).join('')}`],
      ],
    },
    expected: [
      'environments/test/grants/speech-one.yaml:4: people: got 17 people of a grant that opens sessions, at most 16 (quota: trust policy); make two grants of it, or take sessions out of ways',
    ],
  },
  {
    name: 'a fifth grant of a tenant',
    files: Object.fromEntries(
      [2, 3, 4, 5].map((n) => [`grants/speech-${n}.yaml`, second(`speech-${n}`, `DATA-9${n}`)]),
    ),
    expected: [
      "environments/test/grants/speech-one.yaml:7: tenants[0]: got 'acme', which 5 grants open, at most 4 grants of a tenant (quota: bucket policy); put people and classes of the same purpose into one grant, or wait until one has ended",
    ],
  },
  {
    name: 'a grant that is renewed by a file with the old ticket',
    files: { 'grants/speech-two.yaml': second('speech-two', 'DATA-1') },
    expected: [
      "environments/test/grants/speech-two.yaml:9: ticket: got 'DATA-1', allowed a ticket that environments/test/grants/speech-one.yaml does not have; ask for a ticket of its own, for a renewal too",
    ],
  },
  {
    name: 'two grants of one id',
    files: { 'grants/speech-two.yaml': second('speech-one', 'DATA-2') },
    expected: [
      "environments/test/grants/speech-two.yaml:1: id: got 'speech-one', allowed an id that environments/test/grants/speech-one.yaml does not have; change the id or remove one of the two",
    ],
  },
];

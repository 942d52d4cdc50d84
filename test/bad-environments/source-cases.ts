import type { BadEnvironment } from './bad-environment';

const LINE = 'environments/test/index.ts:1: sources';
const GRANT = 'grants/speech-one.yaml';

type Fields = Record<string, string | number | string[] | Record<string, string | Record<string, string>[]>>;

const corpus = (over: Fields = {}): Fields => ({
  kind: 'corpus',
  id: 'dialects',
  description: 'Recordings of dialects that speakers gave for the purpose.',
  licence: 'CC0: given to the public by the speakers themselves.',
  importPrincipal: 'arn:aws:iam::100000000008:role/importer',
  ...over,
});
const relational = (over: Fields = {}): Fields => ({
  kind: 'relational',
  id: 'tickets',
  description: 'Tickets of the product with what became of each.',
  tenants: ['acme'],
  secretArn: 'arn:aws:secretsmanager:eu-central-1:100000000009:secret:tickets-Ab12Cd',
  keyArn: 'arn:aws:kms:eu-central-1:100000000009:key/11111111-2222-3333-4444-555555555555',
  cidrBlock: '10.60.4.0/26',
  port: 5432,
  ...over,
});

const CONNECTED = { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks: ['10.200.0.0/16'] };
const having = (...sources: readonly Fields[]): NonNullable<BadEnvironment['input']> => ({
  sources,
  'network.connectedNetwork': CONNECTED,
});
/** The good grant with these sources besides. */
const naming = (...sources: readonly string[]): NonNullable<BadEnvironment['files']> => ({
  [GRANT]: [['purpose:', `sources:\n${sources.map((id) => `  - ${id}\n`).join('')}purpose:`]],
});
const alone = (sources: string, classes: string): string => `id: sources-alone
team: speech
people: [ada@example.com]
sources: [${sources}]
${classes}purpose: annotation
justification: Labels what the corpus has of dialects.
approver: lin@example.com
ticket: DATA-2
issued: 2026-11-01
expires: 2026-12-01
`;
const numbered = (i: number): string =>
  alone('dialects', '')
    .replace('sources-alone', `grant-${String(i).padStart(2, '0')}`)
    .replace('DATA-2', `DATA-9${i}`);

export const sourceCases: readonly BadEnvironment[] = [
  {
    name: 'a source of a kind that there is not',
    input: having(corpus({ kind: 'Corpus' })),
    expected: [`${LINE}[0].kind: got 'Corpus', allowed 'corpus' or 'relational'; did you mean 'corpus'`],
  },
  {
    name: 'a key that the kind of source does not have',
    input: having(corpus({ cidrBlock: '10.60.4.0/26' })),
    expected: [
      `${LINE}[0].cidrBlock: got an unknown key, allowed 'kind', 'id', 'description', 'licence', 'importPrincipal' or 'table'; remove it`,
    ],
  },
  {
    name: 'a source without its licence, and another without its port: both at once',
    input: having(corpus({ licence: 'free' }), relational({ port: 80 })),
    expected: [
      `${LINE}[0].licence: got 'free' (4 characters), at least 20 characters; lengthen it`,
      `${LINE}[1].port: got 80, at least 1024; raise it`,
    ],
  },
  {
    name: 'two sources of one id',
    input: having(corpus({ id: 'tickets' }), relational()),
    expected: [`${LINE}[1].id: got 'tickets' again, each at most once; change it`],
  },
  {
    name: 'two columns of one name',
    input: having(
      corpus({
        table: {
          format: 'json',
          columns: [
            { name: 'phrase', type: 'string' },
            { name: 'phrase', type: 'double' },
          ],
        },
      }),
    ),
    expected: [`${LINE}[0].table.columns[1].name: got 'phrase' again, each at most once; change it`],
  },
  {
    name: 'a relational source whose tenants are not known, twice the same, or erased',
    input: { ...having(relational({ tenants: ['acne', 'acme', 'acme', 'gone-labs'] })) },
    files: {
      'tenants/gone-labs.yaml':
        'id: gone-labs\nstate: erased\nregion: eu-central-1\ndata: [{ class: text, retentionDays: 30 }]\nmonthlyBudgetUsd: 1\n',
    },
    expected: [
      `${LINE}[0].tenants[0]: got 'acne', allowed 'acme', 'birch' or 'gone-labs'; did you mean 'acme'`,
      `${LINE}[0].tenants[2]: got 'acme' again, each tenant at most once; remove one of the two`,
      `${LINE}[0].tenants[3]: got 'gone-labs', which is erased, allowed tenants that have rows; take it out`,
    ],
  },
  {
    name: 'a relational source of no tenant without a reason',
    input: having(relational({ tenants: [] })),
    expected: [
      `${LINE}[0].tenants: got a list of 0, at least 1 in the list where holdsNoTenantData says nothing; name the tenants whose rows its user sees, or say why no row is a tenant's`,
    ],
  },
  {
    name: "a relational source of a tenant that says it holds nobody's",
    input: having(relational({ holdsNoTenantData: 'Prices of the catalogue, the same for everybody.' })),
    expected: [
      `${LINE}[0].holdsNoTenantData: got 'Prices of the catalogue, the same for everybody.', allowed where tenants is []; remove it, or the tenants`,
    ],
  },
  {
    name: 'a reason that is too short, and no second fault that there is none',
    input: having(relational({ tenants: [], holdsNoTenantData: 'none' })),
    expected: [`${LINE}[0].holdsNoTenantData: got 'none' (4 characters), at least 20 characters; lengthen it`],
  },
  {
    name: 'a secret of the research account',
    input: having(
      relational({
        secretArn: 'arn:aws:secretsmanager:eu-central-1:100000000003:secret:tickets-Ab12Cd',
        keyArn: 'arn:aws:kms:eu-central-1:100000000003:key/11111111-2222-3333-4444-555555555555',
      }),
    ),
    expected: [
      `${LINE}[0].secretArn: got 'arn:aws:secretsmanager:eu-central-1:100000000003:secret:tick…', allowed a secret of another account than research '100000000003'; keep it in an account that research is opened to by a policy of the secret`,
    ],
  },
  {
    name: 'a secret of another region, and a key of another account',
    input: having(
      relational({
        secretArn: 'arn:aws:secretsmanager:eu-west-1:100000000009:secret:tickets-Ab12Cd',
        keyArn: 'arn:aws:kms:eu-central-1:100000000008:key/11111111-2222-3333-4444-555555555555',
      }),
    ),
    expected: [
      `${LINE}[0].keyArn: got 'arn:aws:kms:eu-central-1:100000000008:key/11111111-2222-3333…', allowed a key of the secret's account '100000000009'; name that key`,
      `${LINE}[0].secretArn: got 'arn:aws:secretsmanager:eu-west-1:100000000009:secret:tickets…', allowed one of region 'eu-central-1'; replicate the secret into the region`,
    ],
  },
  {
    name: 'a secret without its six characters',
    input: having(relational({ secretArn: 'arn:aws:secretsmanager:eu-central-1:100000000009:secret:tickets' })),
    expected: [
      `${LINE}[0].secretArn: got 'arn:aws:secretsmanager:eu-central-1:100000000009:secret:tick…', allowed the ARN of a secret with its six random characters; change it to that form`,
    ],
  },
  {
    name: 'a replica in a block of our own VPC, and one among the clients',
    input: having(relational({ cidrBlock: '10.1.0.0/24' }), relational({ id: 'prices', cidrBlock: '10.200.1.0/24' })),
    expected: [
      `${LINE}[0].cidrBlock: got '10.1.0.0/24', allowed a block without overlap with '10.1.0.0/16' (research); name the replica's own addresses, which are private`,
      `${LINE}[1].cidrBlock: got '10.200.1.0/24', allowed a block without overlap with '10.200.0.0/16' (network.connectedNetwork.cidrBlocks[0]); name the replica's own addresses, which are private`,
    ],
  },
  {
    name: 'a replica on the internet',
    input: having(relational({ cidrBlock: '52.0.0.0/24' })),
    expected: [
      `${LINE}[0].cidrBlock: got '52.0.0.0/24', allowed a block within '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12' or '192.168.0.0/16'; name the replica's own addresses, which are private`,
    ],
  },
  {
    name: 'a replica without a transit gateway',
    input: { sources: [relational()] },
    expected: [
      `${LINE}[0].cidrBlock: got '10.60.4.0/26', allowed where network.connectedNetwork names a transit gateway; add it: no other way leads from research to a replica`,
    ],
  },
  {
    name: "a tenant whose catalogue would be a corpus's",
    input: having(corpus({ id: 'dialects-text' })),
    files: {
      'tenants/corpus-dialects.yaml':
        'id: corpus-dialects\nstate: active\nregion: eu-central-1\ndata: [{ class: text, retentionDays: 30 }]\nmonthlyBudgetUsd: 1\n',
    },
    expected: [
      "environments/test/tenants/corpus-dialects.yaml:1: id: got 'corpus-dialects', allowed an id whose catalogue is not that of the corpus 'dialects-text'; choose another id for one of the two",
    ],
  },
  {
    name: 'a grant of an unknown source',
    input: having(corpus()),
    files: naming('dialect'),
    expected: [
      "environments/test/grants/speech-one.yaml:11: sources[0]: got 'dialect', allowed 'dialects'; did you mean 'dialects'",
    ],
  },
  {
    name: 'a grant of a source where the environment has none',
    files: naming('dialects'),
    expected: [
      "environments/test/grants/speech-one.yaml:11: sources[0]: got 'dialects', and the environment has no sources; name one of them",
    ],
  },
  {
    name: 'a source twice in a grant',
    input: having(corpus()),
    files: naming('dialects', 'dialects'),
    expected: [
      "environments/test/grants/speech-one.yaml:12: sources[1]: got 'dialects' again, each source at most once; remove one of the two",
    ],
  },
  {
    name: 'a grant of a relational source without all of its tenants',
    input: having(relational({ tenants: ['acme', 'birch'] })),
    files: naming('tickets'),
    expected: [
      "environments/test/grants/speech-one.yaml:11: sources[0]: got 'tickets', allowed sources all of whose tenants the grant opens (it lacks 'birch'); take it out, or add the tenants to the grant",
    ],
  },
  {
    name: 'a grant of too many sources',
    input: having(...Array.from({ length: 6 }, (_, i) => corpus({ id: `corpus-${i}` }))),
    files: naming(...Array.from({ length: 6 }, (_, i) => `corpus-${i}`)),
    expected: [
      'environments/test/grants/speech-one.yaml:10: sources: got a list of 6, at most 5 in the list; take some out',
    ],
  },
  {
    name: 'a grant of nothing',
    files: { 'grants/alone.yaml': alone('', '') },
    expected: [
      'environments/test/grants/alone.yaml:1: tenants: got a list of 0, at least 1 in the list where sources is empty; name what the grant opens',
    ],
  },
  {
    name: 'a grant of sources alone with classes',
    input: having(corpus()),
    files: { 'grants/alone.yaml': alone('dialects', 'classes: [text]\n') },
    expected: [
      'environments/test/grants/alone.yaml:5: classes: got a list of 1, allowed [] where tenants is empty; name the tenants, or take the classes out',
    ],
  },
  {
    name: 'a corpus in more grants than its policy has room for',
    input: having(corpus()),
    files: Object.fromEntries(
      Array.from({ length: 19 }, (_, i) => [`grants/grant-${String(i).padStart(2, '0')}.yaml`, numbered(i)]),
    ),
    expected: [
      "environments/test/grants/grant-18.yaml:4: sources[0]: got 'dialects', which 19 grants open, at most 18 grants of a corpus (quota: bucket policy); put people and classes of the same purpose into one grant, or wait until one has ended",
    ],
  },
];

import { at, isValues, type Values } from '../output/values';
import { NotUnderstood } from './not-understood';
import type { Reader } from './read-made';
import type { Resource, ResourceKind } from './world';

const READ: Readonly<Record<string, (reader: Reader) => Resource[]>> = {
  'AWS::Athena::WorkGroup': workGroup,
  'AWS::Glue::Database': database,
  'AWS::Glue::Table': table,
};

export const isCatalogued = (type: string): boolean => type in READ;

/** A workgroup; a database with the catalogue that it is in; a table. @throws NotUnderstood naming a property that is not known */
export const readCatalogued = (reader: Reader): Resource[] => READ[reader.made.resource.Type]?.(reader) ?? [];

function workGroup(reader: Reader): Resource[] {
  reader.allow(['Description', 'Name', 'RecursiveDeleteOption', 'State', 'Tags', 'WorkGroupConfiguration']);
  const name = reader.required('Name');
  const configuration = reader.value('WorkGroupConfiguration');
  const key = at(configuration, 'ResultConfiguration.EncryptionConfiguration.KmsKey');
  return [
    {
      ...made(reader, 'athena:workgroup', `arn:aws:athena:${place(reader)}:workgroup/${name}`, name),
      tags: reader.tags(),
      ...(typeof key === 'string' ? { encryptedWith: key } : {}),
    },
  ];
}

/**
 * Not known are a link to another database, a federated one, and rights of Lake Formation: by each of them data would be reached by another way
 * than the policies say.
 */
function database(reader: Reader): Resource[] {
  reader.allow(['CatalogId', 'DatabaseInput']);
  checkCatalogue(reader);
  const name = nameIn(reader, 'DatabaseInput', ['Description', 'Name']);
  return [
    made(reader, 'glue:catalog', `arn:aws:glue:${place(reader)}:catalog`, reader.stack.account),
    made(reader, 'glue:database', `arn:aws:glue:${place(reader)}:database/${name}`, name),
  ];
}

/** Not known are a link to another table and a view. */
function table(reader: Reader): Resource[] {
  reader.allow(['CatalogId', 'DatabaseName', 'TableInput']);
  checkCatalogue(reader);
  const name = nameIn(reader, 'TableInput', [
    'Description',
    'Name',
    'Parameters',
    'PartitionKeys',
    'StorageDescriptor',
    'TableType',
  ]);
  const path = `${reader.required('DatabaseName')}/${name}`;
  return [made(reader, 'glue:table', `arn:aws:glue:${place(reader)}:table/${path}`, path)];
}

const place = ({ stack: { region, account } }: Reader): string => `${region}:${account}`;

const made = ({ stack, where }: Reader, kind: ResourceKind, arn: string, name: string): Resource => ({
  kind,
  arn,
  name,
  account: stack.account,
  region: stack.region,
  where,
  policies: [],
  tags: {},
  aliases: [],
});

function checkCatalogue(reader: Reader): void {
  const got = reader.required('CatalogId');
  if (got !== reader.stack.account)
    throw new NotUnderstood([
      `${reader.where}.CatalogId: got '${got}', allowed the account of the stack, ${reader.stack.account}`,
    ]);
}

function nameIn(reader: Reader, property: string, known: readonly string[]): string {
  const value = reader.value(property);
  const input: Values = isValues(value) ? value : {};
  const faults = Object.keys(input)
    .filter((field) => !known.includes(field))
    .map((field) => `${reader.where}.${property}: got the property '${field}', allowed ${known.join(', ')}`);
  if (faults.length > 0) throw new NotUnderstood(faults);
  const name = input['Name'];
  if (typeof name === 'string' && /^[a-z0-9_]+$/.test(name)) return name;
  throw new NotUnderstood([
    `${reader.where}.${property}.Name: got ${JSON.stringify(name)}, allowed lower-case letters, digits and underscores`,
  ]);
}

import { BUCKET_PREFIXES, type DataClass } from './vocabulary';

/** A column of the table of records, in Hive's types. */
export interface RecordColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/**
 * What a pipeline writes of each recording, mail or note: a line of JSON. The pipelines' workers write it, Athena's tables and the
 * manifests of datasets read it; a column is added at the end and never changed.
 */
export const RECORD_COLUMNS: readonly RecordColumn[] = [
  { name: 'object_key', type: 'string', comment: 'key of the raw object in the tenant’s bucket' },
  { name: 'object_version', type: 'string', comment: 'version id of the raw object' },
  { name: 'bytes', type: 'bigint', comment: 'size of the raw object' },
  { name: 'recorded_at', type: 'timestamp', comment: 'UTC' },
  { name: 'duration_seconds', type: 'double', comment: 'of a recording; absent for mails and notes' },
  { name: 'language', type: 'string', comment: 'BCP 47, such as de-AT; absent where it is not known' },
  { name: 'subject', type: 'string', comment: 'pseudonym of the person, keyed per tenant' },
  { name: 'text', type: 'string', comment: 'transcript, or the text of a mail or note' },
  { name: 'features', type: 'array<string>', comment: 'keys of derived objects such as frames and embeddings' },
];

/** Where the records of a class lie in a tenant's bucket, a folder `day=YYYY-MM-DD/` for each day. */
export const recordsPrefix = (dataClass: DataClass): string => `${BUCKET_PREFIXES.derived}${dataClass}/records/`;

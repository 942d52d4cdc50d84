export interface AuditColumn {
  readonly name: string;
  /** Type in Hive's words. */
  readonly type: string;
  readonly comment: string;
}

/** One table over a prefix of the archive, as Glue and Athena need it. */
export interface AuditTable {
  readonly name: string;
  readonly description: string;
  /** `s3://…/`, ending with a slash. */
  readonly location: string;
  readonly columns: readonly AuditColumn[];
  readonly partitionKeys: readonly { readonly name: string; readonly type: string; readonly comment?: string }[];
  /** Parameters of partition projection: `projection.…` and `storage.location.template`. */
  readonly projection: Readonly<Record<string, string>>;
  readonly serde: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
}

/** Faults that open and close nothing, by a pattern of their ids, and why. */
const REASONS: readonly (readonly [id: RegExp, reason: string])[] = [
  [
    /Key\w*\[NobodyGrants\]: removed$|Key\w*\[NobodyElseUses\]: (?:removed|without its first action)$/,
    'the key allows each use to the named roles and services alone; the Deny stands against a wider Allow of tomorrow',
  ],
  [
    /\/Key\[IngestWrites\]: without ArnEquals aws:PrincipalArn$/,
    'all others but the tenant are denied by NobodyElseUses, and the tenant has the same uses of its own',
  ],
  [
    /QueuePolicy\[NoRoleSends\]: (?:removed|birch for acme)$|QueuePolicy\[TenantAsPipelineOnly\]: without ArnEquals aws:PrincipalArn$/,
    'all but the tenant and the eraser are denied by NobodyElse, and the tenant by TenantReceivesOnly',
  ],
  [
    /VideoQueuePolicy\[TenantAsPipelineOnly\]: without its first action$/,
    'CancelMessageMoveTask is denied to the tenant as any service account by TenantReceivesOnly',
  ],
  [/EventsPolicy\[TlsOnly\]: (?:removed|birch for acme)$/, 'nobody but S3 publishes, and S3 calls over TLS'],
  [
    /(?:\w+Writes|FluxReads|EraserErases|Grant\w+(?:Decrypts|Reads|Lists|Uses)|GrantsLocate)\]: every principal$/,
    'the condition on aws:PrincipalArn names the role',
  ],
  [
    /BucketPolicy\w*\[NobodyElse(?:Lists)?\]: without BoolIfExists aws:PrincipalIsAWSService$/,
    'no service has a way to the bucket by itself',
  ],
  [
    /tenant.+BucketPolicy\w*\[GrantsReadOnly\]: (?:removed|birch for acme)$|BucketPolicy\w*\[Grant\w+(?:Reads|Lists)\]: every action of the service$/,
    'an Allow of reading and a Deny of all else say the same twice, to roles of another account',
  ],
  [
    /corpora.+BucketPolicy\w*\[Grants(?:FromResearchOnly|ThatNameIt)\]: without its first action$/,
    'grants may not give up an upload by any policy',
  ],
  [
    /production-delivery\/HandlerRole\w*\[(?:ReadAssets\]: removed|WriteLogs\]: removed)$/,
    "that the handler reads its assets and writes its own log is no way to a tenant's data",
  ],
  [
    /DeliveryBucketPolicy\w*\[FluxFromItsEndpointOnly\]: without its first action$/,
    'Flux may not give up an upload from anywhere: FluxReadsOnly',
  ],
  [
    /BucketPolicy\w*\[Tenant(?:ReadsNothingElse|ReadsAsInferenceOnly|WritesAs\w+Only)\]: without ArnEquals aws:PrincipalArn$/,
    'it then binds everybody, and nobody but the tenant has a way to that prefix',
  ],
  [
    /BucketPolicy\w*\[(?:NoOtherAlgorithm\]: without StringNotEquals|NoDefaultAccountKey\]: without Null \S+key-id$|NoOtherKey\]: without StringNotEquals)/,
    'more writes that ask for an encryption are refused; one that asks for none, which is what must be open, is not',
  ],
  [
    /BucketPolicy\w*\[(?:Tenant|Flux)FromItsEndpointOnly\]: without BoolIfExists aws:ViaAWSService$/,
    'what a service does for a pod is then refused; nothing that is declared needs one',
  ],
  [
    /BucketPolicy\w*\[GrantsLocate\]: without/,
    'the location tells the region, which the name of the environment tells; the matrix says so',
  ],
  [
    /\[ReadsGrantedObjects\]: without StringEquals s3:ResourceAccount$|^(?!production-ingest).+\[\w+\]: without StringEquals s3:ResourceAccount$/,
    "the bucket's name is there; the key stands against a bucket of that name in another account",
  ],
  [
    /research-data-access\/Grant\w+\[\w+\]: without DateLessThan aws:CurrentTime$|\[AfterTheEnd\]: removed$/,
    'the end is said twice in the policies of a role: by each Allow, and by a Deny of everything',
  ],
  [
    /(?:Team|dialects)\w*Key\w+\[NobodyElseUses\]: without BoolIfExists aws:PrincipalIsAWSService$/,
    'no service uses the key by itself',
  ],
  [
    /Key\w+\[GrantnotesXquality(?:Uses|Decrypts)\]: without ArnEquals aws:PrincipalArn$/,
    'NobodyElseUses denies all but the other grant of the team, which ends later, and the importer, which has the use of its own',
  ],
  [
    /dialects\w+\[ImporterIntoItsFoldersOnly\]: without ArnEquals aws:PrincipalArn$/,
    'it then binds everybody, and nobody but the importer puts or withdraws',
  ],
  [
    /dialects\w+\[GrantnotesXqualityEnds\]: without ArnEquals aws:PrincipalArn$/,
    'it then binds everybody, and nobody but the one grant reads the corpus',
  ],
  [
    /\[EraserErases\]: without ArnEquals aws:PrincipalArn$/,
    'all but the eraser and the grants are denied by NobodyElse, and the grants by GrantsReadAndWriteOnly',
  ],
  [
    /FluxSource\w+\[SignInToRegistry\]: removed$/,
    'a sign-in is about no repository, and each pull is asked about by itself',
  ],
  [
    /\[GrantsOnKeysByDeploysOnly\]: without (?:ArnNotLike|BoolIfExists)/,
    'more grants are refused: keys of data let nobody make one, and what services need for volumes is asked of no key here',
  ],
  [
    /\[RolesByDeploysOnly\]: without iam:(?:Add|Remove|Set)\*$/,
    'they change instance profiles and versions of policies; of a role they change nothing',
  ],
  [
    /\[LogsByDeploysOnly\]: without logs:(?:DeleteRetentionPolicy|PutRetentionPolicy|DeleteSubscriptionFilter)$/,
    'they end evidence, or keep it longer, and show nothing: test/infra/audit/guard-rails.test.ts holds them',
  ],
  [
    /\[LogsByDeploysOnly\]: without logs:(?:Delete|Put)(?:Account|Resource)Policy$/,
    'they are of an account and name no resource of the proof: test/infra/audit/guard-rails.test.ts holds them',
  ],
  [/\[OfTheOrganisationOnly\]: without secretsmanager:\*$/, 'the stacks have no secret of their own'],
];

export const reasonOf = (id: string): string | undefined => REASONS.find(([pattern]) => pattern.test(id))?.[1];

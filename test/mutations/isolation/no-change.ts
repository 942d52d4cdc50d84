/** Faults that open and close nothing, by a pattern of their ids, and why. */
const REASONS: readonly (readonly [id: RegExp, reason: string])[] = [
  [
    /\/Key\[NobodyGrants\]: removed$|\/Key\[NobodyElseUses\]: (?:removed|without its first action)$/,
    'the key allows each use to the named roles and services alone; the Deny stands against a wider Allow of tomorrow',
  ],
  [
    /\/Key\[IngestWrites\]: without ArnEquals aws:PrincipalArn$/,
    'all others but the tenant are denied by NobodyElseUses, and the tenant has the same uses of its own',
  ],
  [
    /\/Key\[EraserUses\]|DeadLetterQueuePolicy\[NobodyElse\]: without ArnNotEquals aws:PrincipalArn$/,
    "the eraser's role is not made yet: what it may do is proven with it",
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
    /(?:IngestWrites|Grant\w+(?:Decrypts|Reads|Lists)|GrantsLocate)\]: every principal$/,
    'the condition on aws:PrincipalArn names the role',
  ],
  [
    /BucketPolicy\[NobodyElse(?:Lists)?\]: without BoolIfExists aws:PrincipalIsAWSService$/,
    'no service has a way to the bucket by itself',
  ],
  [
    /BucketPolicy\[GrantsReadOnly\]: (?:removed|birch for acme)$|BucketPolicy\[Grant\w+(?:Reads|Lists)\]: every action of the service$/,
    'an Allow of reading and a Deny of all else say the same twice, to roles of another account',
  ],
  [
    /BucketPolicy\[GrantsFromResearchOnly\]: without its first action$/,
    'grants may not give up an upload by any policy',
  ],
  [
    /BucketPolicy\[Tenant(?:ReadsNothingElse|ReadsModels\w+|WritesDerived\w+|WritesModels\w+)\]: without ArnEquals aws:PrincipalArn$/,
    'it then binds everybody, and nobody but the tenant has a way to that prefix',
  ],
  [
    /BucketPolicy\[(?:NoOtherAlgorithm\]: without StringNotEquals|NoDefaultAccountKey\]: without Null \S+key-id$|NoOtherKey\]: without StringNotEquals)/,
    'more writes that ask for an encryption are refused; one that asks for none, which is what must be open, is not',
  ],
  [
    /BucketPolicy\[TenantFromItsEndpointOnly\]: without BoolIfExists aws:ViaAWSService$/,
    'what a service does for a pod is then refused; nothing that is declared needs one',
  ],
  [
    /BucketPolicy\[GrantsLocate\]: without/,
    'the location tells the region, which the name of the environment tells; the matrix says so',
  ],
  [
    /\[ReadsGrantedObjects\]: without StringEquals s3:ResourceAccount$|\[\w+\]: without StringEquals s3:ResourceAccount$/,
    "the bucket's name is there; the key stands against a bucket of that name in another account",
  ],
  [
    /research-data-access\/.+: without DateLessThan aws:CurrentTime$|\[AfterTheEnd\]: removed$/,
    'the end is said twice in the policies of a role: by each Allow, and by a Deny of everything',
  ],
];

export const reasonOf = (id: string): string | undefined => REASONS.find(([pattern]) => pattern.test(id))?.[1];

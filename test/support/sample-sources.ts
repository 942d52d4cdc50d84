import type { EnvironmentInput } from '../../schema/environment';
import type { GrantInput } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import type { SourceInput } from '../../schema/source';
import type { TenantInput } from '../../schema/tenant';
import { sampleEnvironment, sampleGrants, sampleInput, sampleTenants } from './sample-environment';

export const corpusInput: Extract<SourceInput, { kind: 'corpus' }> = {
  kind: 'corpus',
  id: 'dialects',
  description: 'Recordings of dialects that speakers gave for the purpose.',
  licence: 'CC0: given to the public by the speakers themselves.',
  importPrincipal: 'arn:aws:iam::555555555555:role/corpora/importer',
  table: { format: 'parquet', columns: [{ name: 'phrase', type: 'string' }] },
};

export const relationalInput: Extract<SourceInput, { kind: 'relational' }> = {
  kind: 'relational',
  id: 'tickets',
  description: 'Tickets of the product with what became of each of them.',
  tenants: ['acme'],
  secretArn: 'arn:aws:secretsmanager:eu-central-1:555555555555:secret:tickets/reader-Ab12Cd',
  keyArn: 'arn:aws:kms:eu-central-1:555555555555:key/11111111-2222-3333-4444-555555555555',
  cidrBlock: '10.60.4.0/26',
  port: 5432,
};

/** The sample's grants, of which `notes-quality` opens both ways and names both sources. */
export const grantsWithSources: readonly GrantInput[] = sampleGrants.map((grant) =>
  grant.id === 'notes-quality' ? { ...grant, ways: ['pods', 'sessions'], sources: ['dialects', 'tickets'] } : grant,
);

/** The sample with a corpus and a relational source of `acme`, both named by the grant `notes-quality`, which opens both ways. */
export function environmentWithSources(
  over: {
    readonly sources?: readonly SourceInput[];
    readonly grants?: readonly GrantInput[];
    readonly tenant?: { readonly id: string } & Partial<TenantInput>;
    readonly input?: Partial<EnvironmentInput>;
  } = {},
): Environment {
  return sampleEnvironment({
    input: {
      sources: [...(over.sources ?? [corpusInput, relationalInput])],
      network: {
        ...sampleInput.network,
        connectedNetwork: { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks: ['10.200.0.0/16'] },
      },
      ...over.input,
    },
    grants: over.grants ?? grantsWithSources,
    tenants: sampleTenants.map((tenant) => (tenant.id === over.tenant?.id ? { ...tenant, ...over.tenant } : tenant)),
  });
}

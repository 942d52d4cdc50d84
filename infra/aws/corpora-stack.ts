import { Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CorpusImportRole } from '../../constructs/aws/data-access/corpus-import-role';
import { CorpusStore } from '../../constructs/aws/data-access/corpus-store';
import { CorpusTable } from '../../constructs/aws/data-access/corpus-table';
import type { Environment } from '../../schema/model';
import { isCorpus } from '../../schema/open-sources';

export interface CorporaStackProps {
  readonly env: Environment;
  readonly stackEnv: Required<StackEnvironment>;
}

/**
 * `research-corpora`: for each shared corpus its bucket and key, the role that fills it, and its table. A stack of its own: 50 corpora are
 * 400 resources, and what a corpus holds outlives every grant.
 */
export class CorporaStack extends Stack {
  constructor(scope: Construct, id: string, props: CorporaStackProps) {
    const { env } = props;
    super(scope, id, { env: props.stackEnv, description: `Shared corpora of ${env.name}` });
    for (const corpus of env.sources.filter(isCorpus)) {
      new CorpusStore(this, corpus.id, { env, corpus });
      new CorpusImportRole(this, `${corpus.id}-import`, { env, corpus });
      if (corpus.table !== undefined) new CorpusTable(this, `${corpus.id}-table`, { env, corpus, table: corpus.table });
    }
  }
}

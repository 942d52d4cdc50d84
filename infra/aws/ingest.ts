import { Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IngestRole } from '../../constructs/aws/ingest/ingest-role';
import type { Environment } from '../../schema/model';

export interface IngestStackProps {
  readonly env: Environment;
  /** Account and region of the stack. */
  readonly stackEnv: Required<StackEnvironment>;
}

/** `production-ingest`: the one role by which the product hands over what it recorded. */
export class IngestStack extends Stack {
  constructor(scope: Construct, id: string, props: IngestStackProps) {
    super(scope, id, { env: props.stackEnv });
    new IngestRole(this, 'Ingest', { env: props.env });
  }
}

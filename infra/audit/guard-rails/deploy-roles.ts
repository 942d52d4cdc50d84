import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bootstrapNames } from '../../../schema/names';
import { CLUSTERS } from '../../../schema/vocabulary';

/**
 * The chain of a deploy, in both accounts of an environment. The pipeline runs as `deployer`, which alone becomes the bootstrap's roles;
 * of these `cli` alone hands a template to CloudFormation, which makes it with `execution`.
 */
export interface DeployRoles {
  readonly deployer: readonly string[];
  readonly cli: readonly string[];
  readonly publisher: readonly string[];
  readonly execution: readonly string[];
}

export function deployRoles(env: Environment): DeployRoles {
  const inBoth = (nameOf: (account: string, region: string) => string): string[] =>
    CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], nameOf(env.accounts[cluster], env.region)));
  return {
    deployer: inBoth(() => bootstrapNames.deployer),
    cli: inBoth(bootstrapNames.cliRole),
    publisher: inBoth(bootstrapNames.filePublishingRole),
    execution: inBoth(bootstrapNames.deployRole),
  };
}

import { Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { GrantRole } from '../../constructs/aws/data-access/grant-role';
import { TeamStore } from '../../constructs/aws/data-access/team-store';
import type { Environment } from '../../schema/model';

export interface DataAccessStackProps {
  readonly env: Environment;
  readonly stackEnv: Required<StackEnvironment>;
}

const BYTES_A_GIB = 1_073_741_824;

/**
 * `research-data-access`: for each team a store, for each grant its roles and its workgroup. A grant's file taken away takes its roles
 * away; a tenant's own stack opens and closes the other lock.
 */
export class DataAccessStack extends Stack {
  constructor(scope: Construct, id: string, props: DataAccessStackProps) {
    const { env } = props;
    super(scope, id, { env: props.stackEnv, description: `Grants and teams' stores of ${env.name}` });
    for (const team of env.researchTeams) {
      const store = new TeamStore(this, `Team-${team.id}`, { env, team });
      for (const grant of env.grants) {
        if (grant.team !== team.id) continue;
        new GrantRole(this, `Grant-${grant.id}`, {
          env,
          grant,
          storeKeyArn: store.keyArn,
          queryLimitBytes: team.queryLimitGiB * BYTES_A_GIB,
        });
      }
    }
  }
}

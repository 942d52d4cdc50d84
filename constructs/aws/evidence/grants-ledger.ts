import { CfnResource } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { grantNames } from '../../../schema/access-names';
import { evidenceNames } from '../../../schema/audit-names';
import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import { LedgerFunction, type LedgerFunctionProps } from './ledger-function';

/** Seconds that CloudFormation waits for the handler; without it a lost answer hangs the stack for an hour. */
const HANDLER_WAIT_SECONDS = 120;

/**
 * The grants ledger of an environment: one custom resource for each grant, whose properties are all that the grant's file says, so that a
 * deploy which makes, changes or removes a grant puts a record of that into the archive, and fails when it cannot. It comes before the
 * grants' roles: what is open has been recorded.
 */
export class GrantsLedger extends Construct {
  constructor(scope: Construct, id: string, props: LedgerFunctionProps) {
    super(scope, id);
    const { env } = props;
    const ledger = new LedgerFunction(this, 'Ledger', props);
    const { functionArn } = ledger.function;
    this.heartbeat(env, functionArn);
    for (const grant of env.grants) {
      const record = new CfnResource(this, `Grant-${grant.id}`, {
        type: 'Custom::AtollGrantRecord',
        properties: {
          ServiceToken: functionArn,
          ServiceTimeout: HANDLER_WAIT_SECONDS,
          Grant: grantProperties(env, grant),
        },
      });
      // The function may be called before its role may put.
      record.node.addDependency(ledger);
    }
  }

  /** Once an hour: silence of the ledger is otherwise no news. */
  private heartbeat(env: Environment, functionArn: string): void {
    const rule = new CfnRule(this, 'Heartbeat', {
      name: evidenceNames.heartbeat(env),
      description: 'The grants ledger shows that it can be written',
      scheduleExpression: 'rate(1 hour)',
      targets: [{ id: 'ledger', arn: functionArn }],
    });
    new CfnPermission(this, 'HeartbeatPermission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'events.amazonaws.com',
      sourceAccount: env.accounts.research,
      sourceArn: rule.attrArn,
    });
  }
}

/** All that the grant's file says, and the names by which the evidence speaks of it. */
function grantProperties(env: Environment, grant: Grant): Readonly<Record<string, string | readonly string[]>> {
  return {
    ...grant,
    roleArn: grantNames.roleArn(env, grant.id),
    sessionRoleArn: grantNames.sessionRoleArn(env, grant.id),
    namespace: teamNames.namespace(grant.team),
    serviceAccount: teamNames.grantServiceAccount(grant.id),
  };
}

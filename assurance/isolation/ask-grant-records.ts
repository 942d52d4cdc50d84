import { grantNames } from '../../schema/access-names';
import { evidenceNames } from '../../schema/audit-names';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { stackNames, teamNames } from '../../schema/names';
import { at } from '../output/values';
import { askRule, resourcesOfType, whereOf } from './placed-resources';
import { fields, free, just, reference, textAt, type PlacedResource } from './property-rules';
import type { Asking } from './spot';

const RECORD = 'Custom::AtollGrantRecord';

/** Every grant is written into the ledger once, with all that its file says, by the ledger's own function; and nothing else is. */
export function askGrantRecords(asking: Asking): void {
  const { env, findings } = asking;
  const stackId = stackNames.platform('research', 'evidence');
  const left = new Map(env.grants.map((grant) => [grant.id, grant]));
  for (const record of resourcesOfType(asking, RECORD)) {
    const id = String(at(record.resource.Properties, 'Grant.id'));
    const grant = left.get(id);
    if (grant === undefined || record.stack.id !== stackId) {
      findings.push({
        proof: 'isolation',
        kind: 'open',
        subject: whereOf(record),
        message: `Grant.id: got ${id}, allowed each grant of the environment, once, in ${stackId}`,
      });
      continue;
    }
    left.delete(id);
    askRecord(asking, record, grant);
  }
  for (const id of left.keys())
    findings.push({
      proof: 'isolation',
      kind: 'closed',
      subject: stackNames.deployed(env, stackId),
      message: `got no ${RECORD} of the grant ${id}, allowed one`,
    });
}

const askRecord = (asking: Asking, record: PlacedResource, grant: Grant): void => {
  askRule(
    asking,
    record,
    fields({
      ServiceToken: reference(record, 'AWS::Lambda::Function', {
        attribute: 'Arn',
        fits: ({ resource }) => textAt(resource.Properties, 'FunctionName') === evidenceNames.ledger(asking.env),
      }),
      ServiceTimeout: free('seconds that CloudFormation waits for the answer'),
      Grant: fields(
        Object.fromEntries(Object.entries(recorded(asking.env, grant)).map(([name, value]) => [name, just(value)])),
      ),
    }),
  );
};

/** All that the grant's file says, and the names by which the evidence speaks of it. */
const recorded = (env: Environment, grant: Grant): Readonly<Record<string, unknown>> => ({
  ...grant,
  roleArn: grantNames.roleArn(env, grant.id),
  sessionRoleArn: grantNames.sessionRoleArn(env, grant.id),
  namespace: teamNames.namespace(grant.team),
  serviceAccount: teamNames.grantServiceAccount(grant.id),
});

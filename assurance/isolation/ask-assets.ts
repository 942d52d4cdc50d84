import { arn } from '../../schema/arns';
import { bootstrapNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import { coversAction } from '../iam/statement-applies';
import { andMore } from './findings';
import { beginningsOf, mayBeAbout } from './reach';
import type { Asking } from './spot';

/**
 * What lies in the bootstrap's bucket of assets is deployed: code of functions, charts of a cluster. So no statement of a role of the stacks allows what
 * changes it, under whatever condition; the bootstrap's own roles do, and no template makes them.
 */
export function askAssets({ env, engine, findings, counts }: Asking): void {
  const changes = engine.knowledge
    .actionsOn('s3:bucket')
    .filter(({ level }) => /Write|Permissions management|Tagging/.test(level))
    .map(({ action }) => action);
  for (const account of CLUSTERS.map((cluster) => env.accounts[cluster])) {
    const bucket = arn.bucket(bootstrapNames.assetsBucket(account, env.region));
    for (const { name, where, policies } of engine.world.roles.values()) {
      counts['questions that must be refused'] += 1;
      counts['actions behind them'] += changes.length;
      const about = policies
        .flatMap(({ statements }) => statements)
        .filter(
          (statement) =>
            statement.effect === 'Allow' && beginningsOf(statement).some((start) => mayBeAbout(start, bucket)),
        );
      const open = changes.filter((action) => about.some((statement) => coversAction(statement, action.toLowerCase())));
      const [first] = open;
      if (first === undefined) continue;
      findings.push({
        proof: 'isolation',
        kind: 'open',
        subject: where,
        message: `the role ${name} may ${first}${andMore(open)} on ${bucket}, from which code is deployed, allowed: no role of the stacks`,
      });
    }
  }
}

import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { finding, openWay } from '../way';
import { type Declared, isDeclared, missingRights } from './declared-rights';
import { type Grant, shownGrant } from './grants';
import { powerOf } from './powers';

/** Rights against what is declared, in both directions: one more is open, one less is closed. */
export function proveRights(
  cluster: ClusterName,
  grants: readonly Grant[],
  declared: readonly Declared[],
): readonly Finding[] {
  const open = grants
    .filter((grant) => !isDeclared(declared, grant))
    .map((grant) =>
      finding(
        'open',
        `${cluster}: ${grant.binding}`,
        `${shownGrant(grant)}: got open, expected closed; it ${powerOf(grant)}`,
      ),
    );
  const closed = declared.flatMap((each) =>
    missingRights(each, grants).flatMap(({ verb, resource }) =>
      openWay(
        `${cluster}: ${each.subject}`,
        `${each.subject} may ${verb} ${resource} in ${each.scope === '*' ? 'every namespace' : each.scope}`,
        'no binding gives it',
      ),
    ),
  );
  return [...open, ...closed];
}

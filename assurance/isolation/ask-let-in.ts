import { CLUSTERS } from '../../schema/vocabulary';
import type { Principal } from '../iam/query';
import { type DeclaredService, servedIn } from './declared-services';
import { type Asking, mustRefuse, type Spot } from './spot';

/**
 * A policy that only ever lets in, as a function's, does so to nobody but the declared services: not to these accounts or somebody of them, not to
 * another, not without a signature. What its own account's policies allow without it is not asked here.
 */
export function askLetIn(asking: Asking, spot: Spot, services: readonly DeclaredService[]): void {
  // Without one it lets in nobody.
  if (spot.resource.policies.length === 0) return;
  // As if it were an account's that nobody has: there whoever is let in is so by this policy.
  const apart: Spot = { ...spot, resource: { ...spot.resource, account: '' } };
  const accounts = CLUSTERS.map((cluster): Principal => ({
    kind: 'account',
    account: asking.env.accounts[cluster],
    except: [],
  }));
  const others: Principal[] = [{ kind: 'organisation' }, { kind: 'outside' }, { kind: 'anonymous' }];
  for (const principal of [...accounts, ...others, { kind: 'service' } satisfies Principal])
    mustRefuse(asking, apart, {
      principal,
      lock: 'resource',
      policies: spot.resource.policies,
      except: (action) => (principal.kind === 'service' ? servedIn(services, action) : []),
    });
}

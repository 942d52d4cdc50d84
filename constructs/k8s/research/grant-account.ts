import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { LABEL_PREFIX, labels, teamNames } from '../../../schema/names';
import { labelSet } from '../label-set';
import { serviceAccount } from '../namespace/service-account';

/**
 * The service account of one grant: the only one whose pods may read what the grant opens. The annotations say why and until when to
 * whoever reads the cluster; the rights themselves end in AWS, by date, and do not depend on anyone removing this object.
 */
export function grantServiceAccount(scope: Construct, env: Environment, grant: Grant): ApiObject {
  return serviceAccount(scope, {
    name: teamNames.grantServiceAccount(grant.id),
    namespace: teamNames.namespace(grant.team),
    labels: { ...labelSet({ env, name: 'grant', owner: `team/${grant.team}` }), [labels.grant]: grant.id },
    annotations: {
      [`${LABEL_PREFIX}purpose`]: grant.purpose,
      [`${LABEL_PREFIX}ticket`]: grant.ticket,
      [`${LABEL_PREFIX}expires`]: grant.expires,
      [`${LABEL_PREFIX}tenants`]: grant.tenants.join(','),
      [`${LABEL_PREFIX}classes`]: grant.classes.join(','),
      ...(grant.sources.length === 0 ? {} : { [`${LABEL_PREFIX}sources`]: grant.sources.join(',') }),
    },
  });
}

const { respond } = require('../../delivery/handler/respond.cjs');
const { withinTime } = require('../../delivery/handler/within-time.cjs');

/** Physical id of an attachment that was refused. Its removal, with which CloudFormation rolls back, has nothing to undo. */
const REFUSED = 'refused';

/**
 * The handler of `Custom::AtollDoorTargets`: has the Auto Scaling groups of a node group register their machines with a target group, or no
 * longer. Another node group or target group is another attachment, of which CloudFormation removes the former afterwards.
 *
 * `cloud` has `groupsOf(cluster, nodeGroup)`, which gives no name where the node group is gone, `attach(group, targetGroup)` and
 * `detach(group, targetGroup)`, each of which may be called again.
 */
function createHandler({ cloud, log = () => undefined, firstPauseMs }) {
  return async (event, context) => {
    const { Cluster: cluster, NodeGroup: nodeGroup, TargetGroup: targetGroup } = event.ResourceProperties ?? {};
    const physicalId = `${cluster}/${nodeGroup}/${targetGroup}`;
    const answer = (outcome) =>
      respond(event, outcome, { log, ...(firstPauseMs === undefined ? {} : { firstPauseMs }) });
    try {
      await withinTime(change(event, cloud), context);
    } catch (error) {
      log(`${event.RequestType} of ${event.StackId}: ${error.message}`);
      const id = event.RequestType === 'Create' ? REFUSED : (event.PhysicalResourceId ?? physicalId);
      await answer({ status: 'FAILED', reason: error.message, physicalId: id });
      throw error;
    }
    const gone = event.RequestType === 'Delete';
    await answer({ status: 'SUCCESS', physicalId: gone ? event.PhysicalResourceId : physicalId });
  };
}

async function change({ RequestType, PhysicalResourceId, ResourceProperties = {} }, cloud) {
  const { Cluster: cluster, NodeGroup: nodeGroup, TargetGroup: targetGroup } = ResourceProperties;
  const isGone = RequestType === 'Delete';
  if (isGone && PhysicalResourceId === REFUSED) return;
  for (const [key, value] of Object.entries({ Cluster: cluster, NodeGroup: nodeGroup, TargetGroup: targetGroup }))
    if (typeof value !== 'string' || value === '')
      throw new Error(`${key}: got ${value}, allowed a name or an ARN; deploy from this repository`);
  const groups = await cloud.groupsOf(cluster, nodeGroup);
  if (groups.length === 0 && !isGone)
    throw new Error(
      `NodeGroup: got ${nodeGroup}, which has no Auto Scaling group, allowed one that has; deploy the cluster first`,
    );
  for (const group of groups) await (isGone ? cloud.detach(group, targetGroup) : cloud.attach(group, targetGroup));
}

module.exports = { createHandler };

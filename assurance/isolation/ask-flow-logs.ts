import { networkNames, stackNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import { askRule, onlyOne, resourcesOfType, whereOf } from './placed-resources';
import { fields, just, reference } from './property-rules';
import type { Asking } from './spot';

const FLOW_LOG = 'AWS::EC2::FlowLog';

/** Every connection of a cluster's network is written down, and goes to the log group of the network and nowhere else. */
export function askFlowLogs(asking: Asking): void {
  const { env, findings } = asking;
  const networks = CLUSTERS.map((cluster) => stackNames.platform(cluster, 'network'));
  for (const one of resourcesOfType(asking, FLOW_LOG).filter(({ stack }) => !networks.includes(stack.id)))
    findings.push({
      proof: 'isolation',
      kind: 'open',
      subject: whereOf(one),
      message: `got a ${FLOW_LOG}, allowed none but the networks' own`,
    });
  for (const cluster of CLUSTERS) {
    const log = onlyOne(asking, stackNames.platform(cluster, 'network'), FLOW_LOG);
    if (log === undefined) continue;
    askRule(
      asking,
      log,
      fields({
        DeliverLogsPermissionArn: reference(log, 'AWS::IAM::Role', { attribute: 'Arn' }),
        LogDestinationType: just('cloud-watch-logs'),
        LogGroupName: just(networkNames.flowLogGroup(env, cluster)),
        ResourceId: reference(log, 'AWS::EC2::VPC', {}),
        ResourceType: just('VPC'),
        TrafficType: just('ALL'),
      }),
    );
  }
}

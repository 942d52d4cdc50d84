// The AWS SDK comes with the Lambda runtime.
const {
  AttachTrafficSourcesCommand,
  AutoScalingClient,
  DetachTrafficSourcesCommand,
} = require('@aws-sdk/client-auto-scaling');
const { DescribeNodegroupCommand, EKSClient } = require('@aws-sdk/client-eks');
const { createHandler } = require('./handler.cjs');

const eks = new EKSClient({ maxAttempts: 5 });
const scaling = new AutoScalingClient({ maxAttempts: 5 });

const sources = (group, targetGroup) => ({
  AutoScalingGroupName: group,
  TrafficSources: [{ Identifier: targetGroup, Type: 'elbv2' }],
});

const cloud = {
  async groupsOf(clusterName, nodegroupName) {
    try {
      const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
      return (nodegroup?.resources?.autoScalingGroups ?? []).map(({ name }) => name);
    } catch (error) {
      if (error.name === 'ResourceNotFoundException') return [];
      throw error;
    }
  },
  attach: (group, targetGroup) => scaling.send(new AttachTrafficSourcesCommand(sources(group, targetGroup))),
  detach: (group, targetGroup) => scaling.send(new DetachTrafficSourcesCommand(sources(group, targetGroup))),
};

module.exports = { handler: createHandler({ cloud, log: (line) => process.stdout.write(`${line}\n`) }) };

import { type CfnTag, type Environment as StackEnvironment, Stack, type aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DoorTargets } from '../../constructs/aws/doors/door-targets';
import { PeopleDoor } from '../../constructs/aws/doors/people-door';
import type { PeopleDoorSpec } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { tags } from '../../schema/names';
import type { PeopleService } from '../../schema/people-services';

export interface PeopleDoorStackProps {
  readonly env: Environment;
  readonly people: PeopleDoorSpec;
  /** What is behind it, one or more. */
  readonly services: readonly PeopleService[];
  readonly stackEnv: Required<StackEnvironment>;
  readonly vpc: ec2.Vpc;
  /** Subnets with routes to the clients and to the sign-in. */
  readonly systemSubnets: ec2.SubnetSelection;
  /** EKS's own group of the cluster. */
  readonly clusterSecurityGroupId: string;
  /** Name of the group of the system nodes. */
  readonly systemNodegroupName: string;
  /** Encrypts log groups below `/atoll/<env>/` of the account. */
  readonly logsKey: IKey;
}

/** What of the research cluster listens for people: one load balancer with the organisation's sign-in. */
export class PeopleDoorStack extends Stack {
  constructor(scope: Construct, id: string, props: PeopleDoorStackProps) {
    const { env, vpc } = props;
    super(scope, id, { env: props.stackEnv, description: `Doors of the research cluster of ${env.name}` });
    const own: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'doors' },
    ];
    const { targetGroups } = new PeopleDoor(this, 'People', {
      env,
      people: props.people,
      clients: env.network.connectedNetwork?.cidrBlocks ?? [],
      services: props.services,
      vpcId: vpc.vpcId,
      subnetIds: vpc.selectSubnets(props.systemSubnets).subnetIds,
      nodeGroupId: props.clusterSecurityGroupId,
      tags: own,
    });
    new DoorTargets(this, 'Targets', {
      env,
      cluster: 'research',
      nodegroupName: props.systemNodegroupName,
      targetGroups,
      logsKeyArn: props.logsKey.keyArn,
      tags: own,
    });
  }
}

import { resource, set, type Mutation, type Resources } from './edits';
import { faults } from './make';

export const doorFaults = faults('doors');

export const GROUP = 'AWS::EC2::SecurityGroup';
export const GROUP_RULE = 'AWS::EC2::SecurityGroupIngress';
export const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const ATTACHMENT = 'Custom::AtollDoorTargets';

/** The doors' stack of production, changed. */
export const door = (
  id: string,
  description: string,
  change: (resources: Resources) => void,
  expects: RegExp,
): Mutation => doorFaults.stack(id, description, 'production-doors', change, expects);

/** Another value at a path of the one resource of a type; none where it is undefined. */
export const property = (
  id: string,
  description: string,
  [type, path, value]: readonly [type: string, path: string, value: unknown],
  expects: RegExp,
): Mutation =>
  door(
    id,
    description,
    (resources) => {
      set(resource(resources, type), path, value);
    },
    expects,
  );

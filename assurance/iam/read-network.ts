import { isValues } from '../output/values';
import { NotUnderstood } from './not-understood';
import type { Reader } from './read-made';
import type { Association, Endpoint } from './world';

/** @throws NotUnderstood */
export function readEndpoint(reader: Reader): Endpoint {
  const { where, stack, names } = reader;
  const name = reader.required('ServiceName');
  const prefix = `com.amazonaws.${stack.region}.`;
  if (!name.startsWith(prefix))
    throw new NotUnderstood([`${where}.ServiceName: got '${name}', allowed ${prefix}<service>`]);
  return {
    where,
    id: names.ref,
    vpc: reader.required('VpcId'),
    account: stack.account,
    region: stack.region,
    service: name.slice(prefix.length),
    policy: reader.value('PolicyDocument') === undefined ? undefined : reader.policy('PolicyDocument', 'resource'),
  };
}

/** @throws NotUnderstood */
export function readAssociation(reader: Reader): Association {
  reader.allow(['ClusterName', 'Namespace', 'RoleArn', 'ServiceAccount', 'Tags']);
  return association(reader, {
    role: reader.required('RoleArn'),
    namespace: reader.required('Namespace'),
    serviceAccount: reader.required('ServiceAccount'),
  });
}

/**
 * Namespaces of add-ons that have sessions, as the add-ons themselves choose them
 * (https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html, 2026-11-25).
 */
const NAMESPACES: Readonly<Record<string, string>> = {
  'amazon-cloudwatch-observability': 'amazon-cloudwatch',
  'aws-ebs-csi-driver': 'kube-system',
  'aws-mountpoint-s3-csi-driver': 'kube-system',
  'vpc-cni': 'kube-system',
};

/** Associations that an add-on makes itself. @throws NotUnderstood */
export function readAddOn(reader: Reader): Association[] {
  const name = reader.required('AddonName');
  return reader
    .list('PodIdentityAssociations')
    .filter(isValues)
    .map(({ RoleArn, ServiceAccount }) => {
      const namespace = NAMESPACES[name];
      if (namespace === undefined)
        throw new NotUnderstood([
          `${reader.where}: got associations of the add-on '${name}', allowed ${Object.keys(NAMESPACES).join(', ')}; add its namespace`,
        ]);
      return association(reader, { role: String(RoleArn), namespace, serviceAccount: String(ServiceAccount) });
    });
}

function association(reader: Reader, parts: Pick<Association, 'role' | 'namespace' | 'serviceAccount'>): Association {
  const { stack, where } = reader;
  const clusterName = reader.required('ClusterName');
  return {
    ...parts,
    where,
    clusterName,
    clusterArn: `arn:aws:eks:${stack.region}:${stack.account}:cluster/${clusterName}`,
  };
}

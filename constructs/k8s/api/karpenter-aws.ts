/**
 * `karpenter.k8s.aws/v1`, Karpenter v1.14.1 (read 2026-11-24): the fields used here, under their own names.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/pkg/apis/v1/ec2nodeclass.go
 */
import type { KubernetesObject, ObjectMeta } from '../object';

export interface BlockDeviceMapping {
  readonly deviceName: string;
  readonly ebs: {
    readonly volumeSize: string;
    readonly volumeType: 'gp3';
    readonly encrypted: true;
    /** Key id, ARN or alias. */
    readonly kmsKeyID: string;
    readonly deleteOnTermination: true;
    readonly iops?: number;
    /** MiB/s, 125 to 1,000. */
    readonly throughput?: number;
    readonly snapshotID?: string;
    /** MiB/s at which a snapshot's blocks are loaded, 100 to 300; needs snapshotID. */
    readonly volumeInitializationRate?: number;
  };
}

export interface EC2NodeClass extends KubernetesObject {
  readonly apiVersion: 'karpenter.k8s.aws/v1';
  readonly kind: 'EC2NodeClass';
  readonly spec: {
    /** `family@version`; `@latest` makes every node drift on a release that nobody reviewed. */
    readonly amiSelectorTerms: readonly [{ readonly alias: string }];
    /** Instead of `role`: IAM has no VPC endpoint, so an isolated Karpenter cannot make a profile. */
    readonly instanceProfile: string;
    readonly subnetSelectorTerms: readonly { readonly tags: Readonly<Record<string, string>> }[];
    readonly securityGroupSelectorTerms: readonly { readonly tags: Readonly<Record<string, string>> }[];
    /** On-demand capacity reservations and capacity blocks that nodes may use. Upstream default none. */
    readonly capacityReservationSelectorTerms?: readonly { readonly id: string }[];
    readonly associatePublicIPAddress: false;
    readonly metadataOptions: {
      readonly httpEndpoint: 'enabled';
      readonly httpProtocolIPv6: 'disabled';
      /** 1: a pod's network hop does not reach the instance's credentials. */
      readonly httpPutResponseHopLimit: 1;
      readonly httpTokens: 'required';
    };
    readonly blockDeviceMappings: readonly BlockDeviceMapping[];
    /** Bottlerocket settings in TOML; Karpenter merges its own into them. */
    readonly userData: string;
    readonly tags: Readonly<Record<string, string>>;
    /** CloudWatch detailed monitoring (paid per metric). Upstream default false. */
    readonly detailedMonitoring?: boolean;
  };
}

export const ec2NodeClass = (metadata: ObjectMeta, spec: EC2NodeClass['spec']): EC2NodeClass => ({
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata,
  spec,
});

import { type Environment as StackEnvironment, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deliveredFiles } from '../../constructs/aws/delivery/delivered-files';
import { resolveOnce } from '../../constructs/aws/resolved-once';
import { tenantRoom } from '../../constructs/aws/tenant/tenant-room';
import type { Environment } from '../../schema/model';
import { deliveryNames, stackNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import type { RenderedFile } from '../rendered';

export interface TenantStackProps {
  readonly env: Environment;
  readonly tenant: Tenant;
  /** The tenant's own rendered Kubernetes objects. */
  readonly files: readonly RenderedFile[];
  readonly stackEnv: Required<StackEnvironment>;
}

/**
 * One tenant: its locked room and its Kubernetes objects. One blast radius, one deploy, one exact removal. It imports no export of
 * another stack. An erased tenant has none.
 */
export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantStackProps) {
    const { env, tenant } = props;
    super(scope, id, {
      env: props.stackEnv,
      stackName: stackNames.deployed(env, stackNames.tenant(tenant.id)),
      description: `Tenant ${tenant.id} (${tenant.state}) of ${env.name}`,
    });
    // Logical ids here are the construct ids, so that the CLI needs no map between them; it was a twentieth of a tenant's synth.
    this.node.setContext('aws:cdk:disable-logicalId-metadata', true);
    const first = tenantRoom(this, env, tenant);
    const delivery = deliveredFiles(this, 'Delivery', {
      handlerArn: deliveryNames.functionArn(env, 'production'),
      files: props.files,
    });
    for (const resource of first) delivery?.addResourceDependency(resource);
    resolveOnce(this);
  }
}

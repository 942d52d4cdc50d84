import { type CfnTag, Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deliveredFiles } from '../../constructs/aws/delivery/delivered-files';
import { ModelImportRole } from '../../constructs/aws/serving/model-import-role';
import { ModelStore } from '../../constructs/aws/serving/model-store';
import { ServerRole } from '../../constructs/aws/serving/server-role';
import type { Environment } from '../../schema/model';
import { deliveryNames, stackNames, tags } from '../../schema/names';
import { placeModels } from '../../schema/placement/place';
import { tenantsByServer } from '../../schema/served-tenants';
import { servingNames } from '../../schema/serving-names';
import type { RenderedFile } from '../rendered';

export interface ServingStackProps {
  readonly env: Environment;
  /** The rendered objects of the router and of the model servers. */
  readonly files: readonly RenderedFile[];
  readonly stackEnv: Required<StackEnvironment>;
}

/**
 * `production-serving`: where common models lie, the role of each model server, and the objects of the router and of the servers. A stack of its own,
 * since it says whose models are where: it changes with tenants that have models of their own, and no other stack of the platform does.
 */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, props: ServingStackProps) {
    const { env } = props;
    super(scope, id, {
      env: props.stackEnv,
      stackName: stackNames.deployed(env, servingNames.stack),
      description: `Models and their servers of ${env.name}`,
    });
    const ownTags: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'serving' },
    ];
    const servers = placeModels(env, env.placement).servers.map((server) => server.id);
    new ModelStore(this, 'Models', { env, servers, tags: ownTags });
    new ModelImportRole(this, 'Import', { env, tags: ownTags });
    const tenants = tenantsByServer(env);
    const roles = servers.map(
      (server) => new ServerRole(this, server, { env, server, tenants: tenants.get(server) ?? [], tags: ownTags }),
    );
    const delivery = deliveredFiles(this, 'Delivery', {
      handlerArn: deliveryNames.functionArn(env, 'production'),
      files: props.files,
    });
    // A pod that comes up before its account has a role gets none for as long as it lives.
    delivery?.node.addDependency(...roles);
  }
}

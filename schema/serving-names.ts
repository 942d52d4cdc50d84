import { base, type Env, PREFIX } from './name-base';

const role = (env: Env, name: string): string => `arn:aws:iam::${env.accounts.production}:role/${name}`;

/** What serving has in AWS, all of it in the production account, and in the namespace of the model servers. */
export const servingNames = {
  /** Role of one server's pod, by the server's id. */
  role: (env: Env, server: string): string => `${base(env)}-server-${server}`,
  roleArn: (env: Env, server: string): string => role(env, servingNames.role(env, server)),
  /** Pattern of the roles of all servers. */
  anyRoleArn: (env: Env): string => servingNames.roleArn(env, '*'),
  /** Where the weights of common models lie, of which none is one tenant's. */
  bucket: (env: Env): string => `${base(env)}-common-models-${env.accounts.production}`,
  bucketArn: (env: Env): string => `arn:aws:s3:::${servingNames.bucket(env)}`,
  keyAlias: (env: Env): string => `alias/${PREFIX}/${env.name}/common-models`,
  /** The only role that puts weights into it. */
  importRole: (env: Env): string => `${base(env)}-model-import`,
  importRoleArn: (env: Env): string => role(env, servingNames.importRole(env)),
  /** Key of the rendered objects in the delivery bucket. */
  objectsKey: 'serving/objects.yaml',
  /** Id of the stack, without the environment. */
  stack: 'production-serving',
  /** `app.kubernetes.io/name` of model servers' pods. */
  modelServer: 'model-server',
  /** Label of a server's objects and pods, by its id. */
  serverLabel: 'atoll.dev/server',
} as const;

import { Match, Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { NetworkStack } from '../../../infra/aws/network-stack';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { testApp } from '../../support/app';

/** The sample environment, reached by people from two blocks. */
export const connectedEnvironment = (): Environment =>
  sampleEnvironment({
    input: {
      network: {
        ...sampleInput.network,
        connectedNetwork: {
          transitGatewayId: 'tgw-0123456789abcdef0',
          cidrBlocks: ['10.200.0.0/16', '192.168.7.0/24'],
        },
      },
    },
  });

/** The network stack of the sample environment, or of another, and its template. */
export function network(
  cluster: ClusterName,
  env: Environment = sampleEnvironment(),
): { stack: NetworkStack; template: Template } {
  const app = testApp({ context: { ...flags } });
  const stack = new NetworkStack(app, `${cluster}-network`, {
    env,
    cluster,
    stackEnv: { account: env.accounts[cluster], region: env.region },
  });
  return { stack, template: Template.fromStack(stack) };
}

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}
interface Endpoint {
  readonly Properties: { readonly ServiceName: unknown; readonly PolicyDocument?: { readonly Statement: Statement[] } };
}

export function endpoint(template: Template, service: string): Endpoint {
  const found = Object.values(template.findResources('AWS::EC2::VPCEndpoint') as Record<string, Endpoint>).find(
    ({ Properties: { ServiceName } }) =>
      JSON.stringify(ServiceName)
        .replaceAll(/[^\w.-]/g, '')
        .endsWith(service),
  );
  if (found === undefined) throw new Error(`no endpoint for ${service}`);
  return found;
}

export function statement(template: Template, service: string, sid: string): Statement {
  const found = endpoint(template, service).Properties.PolicyDocument?.Statement.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid} for ${service}`);
  return found;
}

interface Subnet {
  readonly Properties: { readonly CidrBlock: string };
}

/** Logical ids and properties of the subnets of a kind, in the order of the zones. */
export const subnets = (template: Template, kind: string): [string, Subnet][] =>
  Object.entries(
    template.findResources('AWS::EC2::Subnet', {
      Properties: { Tags: Match.arrayWith([{ Key: 'atoll:subnets', Value: kind }]) },
    }) as Record<string, Subnet>,
  );

export const cidrs = (template: Template, kind: string): string[] =>
  subnets(template, kind).map(([, { Properties }]) => Properties.CidrBlock);

/** Logical ids of the route tables of the subnets of a kind. */
export function routeTables(template: Template, kind: string): string[] {
  const associations = Object.values(
    template.findResources('AWS::EC2::SubnetRouteTableAssociation') as Record<
      string,
      { Properties: { SubnetId: { Ref: string }; RouteTableId: { Ref: string } } }
    >,
  );
  return subnets(template, kind).flatMap(([id]) =>
    associations
      .filter(({ Properties }) => Properties.SubnetId.Ref === id)
      .map(({ Properties }) => Properties.RouteTableId.Ref),
  );
}

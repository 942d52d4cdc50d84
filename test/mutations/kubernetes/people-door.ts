import { BALANCER, GROUP, GROUP_RULE, LISTENER, TARGETS } from './doors-make';
import { removeResource, resource, set, type Draft, type Mutation, type Place, type Resources } from './edits';
import { faults } from './make';

const { changed, stack } = faults('people-door');
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

const door = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation =>
  stack(id, description, 'research-doors', change, expects);
const property = (
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

const SERVICE: Place = { cluster: 'research', kind: 'Service', name: 'runs-door', namespace: 'kueue-system' };
const EVERYBODY = { CidrIp: '0.0.0.0/0', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };
const isFirst = ({ Priority }: Draft): boolean => Priority === 30500;

/** What the sign-in is told, each with another value. */
const SIGN_IN: readonly (readonly [field: string, value: unknown])[] = [
  ['Issuer', 'https://evil.example'],
  ['AuthorizationEndpoint', 'https://evil.example/authorize'],
  ['TokenEndpoint', 'https://evil.example/token'],
  ['UserInfoEndpoint', 'https://evil.example/userinfo'],
  ['ClientId', 'another'],
  ['ClientSecret', 'a-secret-in-the-template'],
  ['OnUnauthenticatedRequest', 'allow'],
  ['OnUnauthenticatedRequest', undefined],
  ['SessionTimeout', 604_800],
  ['SessionTimeout', undefined],
];

/** Faults of people's door, of an environment that has something behind it. */
export const PEOPLE_DOOR_MUTATIONS: readonly Mutation[] = [
  property(
    'public',
    'the load balancer has public addresses',
    [BALANCER, 'Scheme', 'internet-facing'],
    /^open research-doors: \w+: people's door: AWS::\w+::LoadBalancer: Scheme: got "internet-facing"/,
  ),
  property(
    'headers',
    'headers that are none are passed on',
    [BALANCER, 'LoadBalancerAttributes.2.Value', 'false'],
    /^open .+ LoadBalancerAttributes: got/,
  ),
  property(
    'everybody',
    'everybody is let in',
    [GROUP, 'SecurityGroupIngress.0', EVERYBODY],
    /^open .+ SecurityGroupIngress\.0\.CidrIp: got "0\.0\.0\.0\/0", allowed "10\.200\.0\.0\/16"/,
  ),
  property(
    'to-everybody',
    'the load balancer reaches everybody',
    [GROUP, 'SecurityGroupEgress.2.CidrIp', '0.0.0.0/0'],
    /^open .+ SecurityGroupEgress\.2\.CidrIp: got "0\.0\.0\.0\/0", allowed "10\.90\.4\.0\/28"/,
  ),
  property(
    'nodes-ports',
    'the nodes let the load balancer in on another port',
    [GROUP_RULE, 'FromPort', 22],
    /^open .+: people's door: got AWS::EC2::SecurityGroupIngress of nothing that is behind the door/,
  ),
  property(
    'nodes-more',
    'the nodes let the load balancer in on more ports',
    [GROUP_RULE, 'ToPort', 65_535],
    /^open .+::SecurityGroupIngress: ToPort: got 65535/,
  ),
  property(
    'http',
    'the listener ends no TLS',
    [LISTENER, 'Protocol', 'HTTP'],
    /^open .+::Listener: Protocol: got "HTTP", allowed "HTTPS"/,
  ),
  property(
    'old-tls',
    'the listener takes TLS 1.0',
    [LISTENER, 'SslPolicy', 'ELBSecurityPolicy-2016-08'],
    /^open .+ SslPolicy: got/,
  ),
  door(
    'default-forwards',
    'what has no rule is handed on',
    (resources) => {
      const [id] = Object.entries(resources).find(([, { Type }]) => Type === TARGETS) ?? [];
      set(resource(resources, LISTENER), 'DefaultActions', [{ Type: 'forward', TargetGroupArn: { Ref: id } }]);
    },
    /^open .+::Listener: DefaultActions\.0\.Type: got "forward", allowed "fixed-response"/,
  ),
  property(
    'default-redirects',
    'what has no rule is sent elsewhere',
    [
      LISTENER,
      'DefaultActions',
      [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Host: 'evil.example' } }],
    ],
    /^not-understood .+ DefaultActions\.0\.RedirectConfig/,
  ),
  door(
    'no-sign-in',
    'a rule hands on without the sign-in',
    (resources) => {
      const rule = resource(resources, RULE, isFirst);
      rule['Actions'] = (rule['Actions'] as object[]).slice(1);
    },
    /^open .+::ListenerRule: Actions: got/,
  ),
  door(
    'sign-in-after',
    'a rule signs in after it has handed on',
    (resources) => {
      const rule = resource(resources, RULE, isFirst);
      rule['Actions'] = (rule['Actions'] as object[]).slice().reverse();
    },
    /^(?:open|not-understood) .+::ListenerRule: Actions\.0/,
  ),
  ...SIGN_IN.map(([field, value]) =>
    property(
      `sign-in-${field}-${String(value)}`,
      `the sign-in's ${field} is another`,
      [RULE, `Actions.0.AuthenticateOidcConfig.${field}`, value],
      new RegExp(`^open .+::ListenerRule: Actions\\.0\\.AuthenticateOidcConfig\\.${field}: got`),
    ),
  ),
  property(
    'jwt',
    'a rule takes tokens in place of the sign-in',
    [
      RULE,
      'Actions.0',
      { Order: 1, Type: 'jwt-validation', JwtValidationConfig: { Issuer: 'https://login.example.com' } },
    ],
    /^not-understood .+ Actions\.0\.JwtValidationConfig/,
  ),
  property(
    'any-host',
    'a rule is for every host',
    [RULE, 'Conditions.0.HostHeaderConfig.Values', ['*']],
    /^open .+ Conditions\.0\.HostHeaderConfig\.Values: got/,
  ),
  property(
    'by-path',
    'a rule is for a path of whatever host',
    [RULE, 'Conditions', [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]],
    /^not-understood .+ Conditions\.0\.PathPatternConfig/,
  ),
  property(
    'rule-first',
    'a rule of nothing comes first',
    [RULE, 'Priority', 1],
    /^open .+: people's door: got AWS::\w+::ListenerRule of nothing that is behind the door/,
  ),
  door(
    'rule-more',
    'one more rule',
    (resources) => {
      resources['Added'] = { Type: RULE, Properties: structuredClone(resource(resources, RULE)) };
    },
    /^open research-doors: people's door: got 3 of AWS::\w+::ListenerRule, expected 2/,
  ),
  door(
    'rule-less',
    'something behind the door has no rule',
    (resources) => {
      removeResource(resources, RULE);
    },
    /^closed research-doors: people's door: got 1 of AWS::\w+::ListenerRule, expected 2/,
  ),
  door(
    'swapped',
    "a rule hands on to another's targets",
    (resources) => {
      const other = Object.entries(resources).find(
        ([, { Type, Properties }]) => Type === TARGETS && Properties?.['Port'] === 30501,
      );
      set(resource(resources, RULE, isFirst), 'Actions.1.TargetGroupArn', { Ref: other?.[0] });
    },
    /^open .+ Actions\.1\.TargetGroupArn: got .+, allowed the target group of runs of this stack/,
  ),
  property(
    'addresses',
    'pods are targets by their addresses',
    [TARGETS, 'TargetType', 'ip'],
    /^open .+ TargetType: got "ip"/,
  ),
  property(
    'a-pod',
    "a team's pod is a target",
    [TARGETS, 'Targets', [{ Id: '10.17.1.2', Port: 8888 }]],
    /^open .+ Targets: got/,
  ),
  property(
    'attached',
    'the nodes of another cluster are attached',
    ['Custom::AtollDoorTargets', 'Cluster', 'atoll-sample-production'],
    /^open .+ Cluster: got "atoll-sample-production"/,
  ),
  changed(
    'other-pods',
    'the port of the nodes leads to other pods',
    SERVICE,
    'spec.selector',
    { 'app.kubernetes.io/name': 'kueue' },
    /^open research: Service kueue-system\/runs-door: ports of the nodes: spec\.selector\.app\.kubernetes\.io\/name: got "kueue", allowed "runs"/,
  ),
  changed(
    'policy',
    'clients reach the pods by address',
    { ...SERVICE, kind: 'NetworkPolicy' },
    'spec.ingress.0.from.0.ipBlock',
    { cidr: '10.200.0.0/16' },
    /^open .+: private networks beyond the VPC reach pods of kueue-system: it lets TCP 5000/,
  ),
  stack(
    'route',
    "the pods' subnets have a route to the sign-in",
    'research-network',
    (resources) => {
      const route = structuredClone(
        resource(resources, 'AWS::EC2::Route', ({ DestinationCidrBlock }) => DestinationCidrBlock === '10.90.4.0/28'),
      );
      const table = resource(resources, 'AWS::EC2::SubnetRouteTableAssociation', ({ SubnetId }) =>
        JSON.stringify(SubnetId).includes('isolated'),
      );
      resources['Added'] = { Type: 'AWS::EC2::Route', Properties: { ...route, RouteTableId: table['RouteTableId'] } };
    },
    /^open research-network: Added: the network is as declared: a route: DestinationCidrBlock: got "10\.90\.4\.0\/28"/,
  ),
];

import { ATTACHMENT, BALANCER, door, doorFaults, LISTENER, property, TARGETS } from './doors-make';
import { removeResource, resource, type Mutation } from './edits';

const { stack } = doorFaults;

/** The load balancer, its listener, its group and its targets. */
export const BALANCER_MUTATIONS: readonly Mutation[] = [
  property(
    'public',
    'the load balancer has public addresses',
    [BALANCER, 'Scheme', 'internet-facing'],
    /^open production-doors: \w+: the product's door: AWS::\w+::LoadBalancer: Scheme: got "internet-facing", allowed "internal"$/,
  ),
  property(
    'scheme',
    'the scheme is left to AWS',
    [BALANCER, 'Scheme', undefined],
    /Scheme: got nothing, allowed "internal"/,
  ),
  property(
    'subnets',
    "the load balancer lies in somebody's subnets",
    [BALANCER, 'Subnets.0', 'subnet-1'],
    /^open .+ Subnets: got/,
  ),
  property(
    'groups',
    'the load balancer has no group',
    [BALANCER, 'SecurityGroups', undefined],
    /^open .+ SecurityGroups: got nothing/,
  ),
  property(
    'private-link',
    "who comes by a PrivateLink passes the group's rules by",
    [BALANCER, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic', 'off'],
    /^open .+PrivateLinkTraffic: got "off"/,
  ),
  property(
    'kind',
    'the load balancer reads requests',
    [BALANCER, 'Type', 'application'],
    /^open .+ Type: got "application"/,
  ),
  property(
    'attribute',
    'the load balancer may be deleted by anybody',
    [BALANCER, 'LoadBalancerAttributes.0.Value', 'false'],
    /^open .+ LoadBalancerAttributes: got/,
  ),
  property(
    'http',
    'the listener ends no TLS',
    [LISTENER, 'Protocol', 'TCP'],
    /^open .+::Listener: Protocol: got "TCP", allowed "TLS"/,
  ),
  property('port', 'the listener is on another port', [LISTENER, 'Port', 80], /^open .+::Listener: Port: got 80/),
  property(
    'certificate',
    'the certificate is another',
    [LISTENER, 'Certificates.0.CertificateArn', 'arn:aws:acm:eu-central-1:999999999999:certificate/1'],
    /^open .+ Certificates\.0\.CertificateArn: got/,
  ),
  property(
    'old-tls',
    'the listener takes TLS 1.0',
    [LISTENER, 'SslPolicy', 'ELBSecurityPolicy-2016-08'],
    /^open .+ SslPolicy: got "ELBSecurityPolicy-2016-08", allowed a policy of TLS 1\.2 at least/,
  ),
  property(
    'tls-default',
    "the listener takes what is CloudFormation's default",
    [LISTENER, 'SslPolicy', undefined],
    /^open .+ SslPolicy: got nothing/,
  ),
  property(
    'weak-tls-1-2',
    'the listener takes CBC',
    [LISTENER, 'SslPolicy', 'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06'],
    /^open .+ SslPolicy: got "ELBSecurityPolicy-TLS13-1-2-Ext1/,
  ),
  property(
    'elsewhere',
    "the listener hands on to somebody's targets",
    [
      LISTENER,
      'DefaultActions.0.TargetGroupArn',
      'arn:aws:elasticloadbalancing:eu-central-1:999999999999:targetgroup/evil/1',
    ],
    /^open .+ DefaultActions\.0\.TargetGroupArn: got/,
  ),
  door(
    'second-listener',
    'one more listener',
    (resources) => {
      resources['Added'] = { Type: LISTENER, Properties: structuredClone(resource(resources, LISTENER)) };
    },
    /^open production-doors: the product's door: got 2 of AWS::\w+::Listener, expected one$/,
  ),
  door(
    'no-listener',
    'nobody listens',
    (resources) => {
      removeResource(resources, LISTENER);
    },
    /^closed production-doors: the product's door: got 0 of AWS::\w+::Listener, expected one$/,
  ),
  door(
    'rule',
    'a rule of the listener',
    (resources) => {
      resources['Added'] = { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: {} };
    },
    /^open production-doors: Added: it makes a way .+ got AWS::ElasticLoadBalancingV2::ListenerRule/,
  ),
  property(
    'other-port',
    "the targets' port is not the router's",
    [TARGETS, 'Port', 10250],
    /^open .+::TargetGroup: Port: got 10250, allowed 30443/,
  ),
  property(
    'addresses',
    'the targets are addresses',
    [TARGETS, 'TargetType', 'ip'],
    /^open .+ TargetType: got "ip", allowed "instance"/,
  ),
  property(
    'a-tenants-pod',
    "a tenant's pod is a target by its address",
    [TARGETS, 'Targets', [{ Id: '10.16.1.2', Port: 8080 }]],
    /^open .+ Targets: got .+10\.16\.1\.2.+, allowed nothing/,
  ),
  property(
    'health',
    'the health of another port is asked for',
    [TARGETS, 'HealthCheckPort', '22'],
    /^open .+ HealthCheckPort: got "22"/,
  ),
  property(
    'proxy',
    'the nodes see the callers',
    [TARGETS, 'TargetGroupAttributes.0.Value', 'true'],
    /^open .+ TargetGroupAttributes: got/,
  ),
  property(
    'nodes',
    'another node group is attached',
    [ATTACHMENT, 'NodeGroup', 'gpu'],
    /^open .+ NodeGroup: got "gpu", allowed the group of the system nodes/,
  ),
  property(
    'cluster',
    "another cluster's nodes are attached",
    [ATTACHMENT, 'Cluster', 'atoll-other-production'],
    /^open .+ Cluster: got/,
  ),
  property(
    'attached-elsewhere',
    "the nodes answer for somebody's load balancer",
    [ATTACHMENT, 'TargetGroup', 'arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/evil/1'],
    /^open .+ TargetGroup: got/,
  ),
  stack(
    'attached-beside',
    'nodes are attached in another stack',
    'production-operations',
    (resources) => {
      resources['Added'] = { Type: ATTACHMENT, Properties: {} };
    },
    /^open production-operations: Added: it makes a way to a cluster.+ got Custom::AtollDoorTargets/,
  ),
  stack(
    'research',
    'a load balancer of research',
    'research-operations',
    (resources) => {
      resources['Added'] = { Type: BALANCER, Properties: { Scheme: 'internal' } };
    },
    /^open research-operations: Added: it makes a way to a cluster/,
  ),
];

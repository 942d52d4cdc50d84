import type { Environment } from '../../../schema/model';
import { controllerNames, roleNames, stackNames, tenantNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { TemplateResource } from '../../output/cloud-assembly';
import type { Output } from '../../output/output';
import { type Allowed, comparedTo, free, TAGS } from '../allowed';
import { ClusterStack } from '../eks/cluster-stack';
import { type Fields, isFields } from '../objects/kubernetes-object';
import { finding, openWay } from '../way';

const { flux, karpenter, keda } = controllerNames;

/**
 * Which accounts of the platform get which role: the controllers, and nobody else by the cluster's stack.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html (2026-11-25)
 */
export function proveAssociations(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const id = stackNames.platform(cluster, 'cluster');
  const resources = output.stacks.find((stack) => stack.id === id)?.template().Resources ?? {};
  const declared = [
    `${karpenter.namespace}/${karpenter.serviceAccount} as ${roleNames.karpenter(environment, cluster)}`,
    `${flux.namespace}/${flux.source} as ${roleNames.fluxSource(environment, cluster)}`,
    ...(cluster === 'production' ? [`${keda.namespace}/${keda.serviceAccount} as ${roleNames.keda(environment)}`] : []),
  ];
  const found = Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::EKS::PodIdentityAssociation')
    .map(([name, { Properties = {} }]) => {
      const role = roleName(resources, Properties['RoleArn']);
      return { name, text: `${String(Properties['Namespace'])}/${String(Properties['ServiceAccount'])} as ${role}` };
    });
  const stack = ClusterStack.of(output, cluster, 'cluster');
  const fields: Allowed = {
    ClusterName: stack.cluster(environment, cluster),
    Namespace: free('judged below, with the role'),
    RoleArn: free('judged below, with the account'),
    ServiceAccount: free('judged below, with the role'),
    Tags: TAGS,
  };
  return [
    ...stack
      .all('AWS::EKS::PodIdentityAssociation')
      .flatMap(({ id: name, properties }) =>
        comparedTo(fields, properties, stack.subject(name), 'a controller gets a role by EKS Pod Identity'),
      ),
    ...found
      .filter(({ text }) => !declared.includes(text))
      .map(({ name, text }) =>
        finding('open', `${id}: ${name}`, `${text}: got open, expected ${declared.join(', ')} only`),
      ),
    ...declared
      .filter((text) => !found.some((each) => each.text === text))
      .flatMap((text) => openWay(id, text, 'the stack has no such Pod Identity association')),
  ];
}

function roleName(resources: Readonly<Record<string, TemplateResource>>, value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = isFields(value) ? (value['Fn::GetAtt'] as readonly string[] | undefined)?.[0] : undefined;
  const name = resources[reference ?? '']?.Properties?.['RoleName'];
  return typeof name === 'string' ? name : (reference ?? JSON.stringify(value));
}

/** KEDA's role in AWS counts messages of the environment's queues and does nothing else: no receive, no send. */
export function proveKedaRole(environment: Environment, output: Output): readonly Finding[] {
  const id = stackNames.platform('production', 'cluster');
  const resources = output.stacks.find((stack) => stack.id === id)?.template().Resources ?? {};
  const name = roleNames.keda(environment);
  const role = Object.entries(resources).find(([, { Properties = {} }]) => Properties['RoleName'] === name);
  if (role === undefined) return openWay(id, 'KEDA counts messages', `there is no role ${name}`);
  const [roleId, { Properties = {} }] = role;
  const attached = ((Properties['ManagedPolicyArns'] ?? []) as readonly unknown[]).map((each) =>
    isFields(each) && typeof each['Ref'] === 'string' ? each['Ref'] : JSON.stringify(each),
  );
  const inline = Object.entries(resources).filter(([, resource]) =>
    JSON.stringify(resource.Properties?.['Roles'] ?? []).includes(`"${roleId}"`),
  );
  const documents: [string, unknown][] = [
    ...attached.map((each): [string, unknown] => [each, resources[each]?.Properties?.['PolicyDocument']]),
    ...inline.map(([each, resource]): [string, unknown] => [each, resource.Properties?.['PolicyDocument']]),
    ...((Properties['Policies'] ?? []) as readonly Fields[]).map((each): [string, unknown] => [
      roleId,
      each['PolicyDocument'],
    ]),
  ];
  const queues = tenantNames.queueArn(environment, '*', 'video').replace(/\*-video$/, '*');
  const expected = JSON.stringify([['sqs:GetQueueAttributes', queues]]);
  const got = documents.map(([, document]) => JSON.stringify(statements(document)));
  const wrong = documents.find((_, i) => got[i] !== expected);
  if (documents.length === 0) return openWay(`${id}: ${roleId}`, 'KEDA counts messages', 'its role has no policy');
  return wrong === undefined
    ? []
    : [
        finding(
          'open',
          `${id}: ${wrong[0]}`,
          `KEDA does more than count messages: got ${JSON.stringify(statements(wrong[1])).slice(0, 200)}, expected ${expected}`,
        ),
      ];
}

function statements(document: unknown): unknown {
  const list =
    isFields(document) && Array.isArray(document['Statement'])
      ? (document['Statement'] as readonly Fields[])
      : undefined;
  return list?.map(({ Action, Resource, Effect }) => (Effect === 'Allow' ? [Action, Resource] : ['?', Effect]));
}

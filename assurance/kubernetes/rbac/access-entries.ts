import type { Environment } from '../../../schema/model';
import { clusterObjectNames, personUsername, roleNames, stackNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import type { Template } from '../../output/cloud-assembly';
import { ClusterStack } from '../eks/cluster-stack';
import { NotUnderstood } from '../not-understood';
import { Reader } from '../objects/kubernetes-object';
import { finding, openWay } from '../way';

/** Who comes to a cluster's API server, and as what, in one text that is the same where the two are the same. */
type Entry = string;

const CLUSTER_ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
/** The session's own name, which the organisation's sign-in sets to the person's. */
const PERSON = personUsername('{{SessionNameRaw}}');

const person = (principal: string, group: string): Entry => `STANDARD ${principal} as ${PERSON} in ${group}`;
const administrator = (principal: string): Entry => `STANDARD ${principal} with ${CLUSTER_ADMIN} on cluster`;

/** The entries that the environment declares. */
function declaredEntries(environment: Environment, cluster: ClusterName): readonly Entry[] {
  const { administrators, viewers } = environment.clusters[cluster];
  return [
    ...administrators.map(administrator),
    administrator(`role ${roleNames.kubernetesHandler(environment, cluster)}`),
    ...viewers.map((principal) => person(principal, clusterObjectNames.viewersGroup)),
    ...(cluster === 'research' ? environment.researchTeams.map((team) => person(team.roleArn, team.group)) : []),
    `EC2_LINUX role ${roleNames.node(environment, cluster)}`,
  ];
}

/**
 * People and machines at the API server: EKS access entries against the environment, and that there is no other way in (the aws-auth
 * ConfigMap, the creator as an administrator).
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html (2026-11-25)
 */
export function proveAccessEntries(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const id = stackNames.platform(cluster, 'cluster');
  const template = output.stacks.find((stack) => stack.id === id)?.template();
  if (template === undefined) throw new NotUnderstood(id, 'got no such stack, allowed one; run the synth again');
  const found = resources(template, 'AWS::EKS::AccessEntry').map(([name, reader]) => ({
    subject: `${id}: ${name}`,
    entry: entryOf(template, reader),
    cluster: reader.value['ClusterName'],
  }));
  const own = ClusterStack.of(output, cluster, 'cluster').cluster(environment, cluster);
  const declared = declaredEntries(environment, cluster);
  const seen = new Set(found.map(({ entry }) => entry));
  return [
    ...authentication(id, template),
    ...found
      .filter((each) => !own.fits(each.cluster))
      .map((each) =>
        finding(
          'open',
          each.subject,
          `access entry ${each.entry}: ClusterName: got ${JSON.stringify(each.cluster)}, allowed ${own.what}`,
        ),
      ),
    ...found
      .filter(({ entry }) => !declared.includes(entry))
      .map(({ subject, entry }) => finding('open', subject, `access entry ${entry}: got open, expected closed`)),
    ...declared
      .filter((entry) => !seen.has(entry))
      .flatMap((entry) => openWay(id, `access entry ${entry}`, 'the stack has no such entry')),
  ];
}

function resources(template: Template, type: string): [string, Reader][] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([name, resource]) => [name, Reader.of(name, type, resource.Properties ?? {})]);
}

function authentication(id: string, template: Template): Finding[] {
  return resources(template, 'AWS::EKS::Cluster').flatMap(([name, cluster]) => {
    const access = cluster.optionalObject('AccessConfig');
    const mode = access?.optionalText('AuthenticationMode');
    const subject = `${id}: ${name}`;
    return [
      ...(mode === 'API'
        ? []
        : [
            finding(
              'open',
              subject,
              `whoever writes the ConfigMap aws-auth comes in as an administrator: got the mode ${mode ?? 'CONFIG_MAP'}, expected API`,
            ),
          ]),
      ...(access?.value['BootstrapClusterCreatorAdminPermissions'] === false
        ? []
        : [
            finding(
              'open',
              subject,
              "CloudFormation's role is an administrator: BootstrapClusterCreatorAdminPermissions must be false",
            ),
          ]),
    ];
  });
}

function entryOf(template: Template, reader: Reader): Entry {
  reader.only('AccessPolicies', 'ClusterName', 'KubernetesGroups', 'PrincipalArn', 'Type', 'Username', 'Tags');
  const policies = reader.objects('AccessPolicies').map((each) => {
    const scope = each.object('AccessScope');
    const where = [scope.text('Type'), ...scope.texts('Namespaces')].join(' ');
    return ` with ${plain(each, 'PolicyArn')} on ${where}`;
  });
  const groups = reader.texts('KubernetesGroups').map((group) => ` in ${group}`);
  const as = reader.has('Username') ? ` as ${reader.text('Username')}` : '';
  const type = reader.optionalText('Type') ?? 'STANDARD';
  return `${type} ${principal(template, reader)}${as}${policies.join('')}${groups.join('')}`;
}

/** The ARN, or the name of the stack's own role. */
function principal(template: Template, reader: Reader): string {
  const value = reader.value['PrincipalArn'];
  if (typeof value === 'string') return value;
  const reference = reader.object('PrincipalArn').only('Fn::GetAtt').texts('Fn::GetAtt');
  const name = template.Resources[reference[0] ?? '']?.Properties?.['RoleName'];
  return `role ${typeof name === 'string' ? name : (reference[0] ?? '')}`;
}

/** A text in which nothing but the partition is an intrinsic. */
function plain(reader: Reader, key: string): string {
  const value = reader.value[key];
  if (typeof value === 'string') return value;
  const [separator, parts] = reader.object(key).only('Fn::Join').list('Fn::Join');
  if (separator !== '' || !Array.isArray(parts)) throw reader.wrong(key, 'a text, or one joined without a separator');
  return parts
    .map((part: unknown) => {
      if (typeof part === 'string') return part;
      if (JSON.stringify(part) === '{"Ref":"AWS::Partition"}') return 'aws';
      throw reader.wrong(key, 'texts and the partition');
    })
    .join('');
}

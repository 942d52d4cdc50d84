import { removeResource, changeStack, resource, set, type Draft, type Mutation } from './edits';
import { faults } from './make';

const { stack } = faults('rights');

/** The access entry of a team's people. */
const isTeams = ({ KubernetesGroups }: Draft): boolean =>
  JSON.stringify(KubernetesGroups ?? '').includes('research-speech');
const entry = (id: string, description: string, change: (properties: Draft) => void, expects: RegExp): Mutation =>
  stack(
    id,
    description,
    'research-cluster',
    (resources) => {
      change(resource(resources, 'AWS::EKS::AccessEntry', isTeams));
    },
    expects,
  );

/** Faults of who comes to the API server. */
export const ENTRY_MUTATIONS: readonly Mutation[] = [
  entry(
    'entry-group',
    "a team's people come as another team's",
    (properties) => {
      set(properties, 'KubernetesGroups', ['research-language']);
    },
    /open research-cluster: \w+: access entry STANDARD .*research-speech.* in research-language: got open/,
  ),
  entry(
    'entry-administrator',
    "a team's people come as administrators",
    (properties) => {
      set(properties, 'AccessPolicies', [
        {
          AccessScope: { Type: 'cluster' },
          PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      ]);
    },
    /with arn:aws:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy on cluster in research-speech: got open/,
  ),
  entry(
    'entry-name',
    "a team's people come without their names",
    (properties) => {
      set(properties, 'Username', undefined);
    },
    /access entry STANDARD .*: got open, expected closed/,
  ),
  entry(
    'entry-principal',
    "another role comes as a team's people",
    (properties) => {
      set(properties, 'PrincipalArn', 'arn:aws:iam::999999999999:role/other');
    },
    /access entry STANDARD arn:aws:iam::999999999999:role\/other as person:/,
  ),
  stack(
    'entry-gone',
    "a team's people do not come in",
    'research-cluster',
    (resources) => {
      removeResource(resources, 'AWS::EKS::AccessEntry', isTeams);
    },
    /closed research-cluster: access entry STANDARD .*research-speech: got closed/,
  ),
  ...(['AuthenticationMode', 'BootstrapClusterCreatorAdminPermissions'] as const).map((field): Mutation => ({
    id: `rights-${field.toLowerCase()}`,
    description: `the cluster's ${field} opens another way in`,
    apply: (output) =>
      changeStack(output, 'production-cluster', (resources) => {
        set(
          resource(resources, 'AWS::EKS::Cluster'),
          `AccessConfig.${field}`,
          field === 'AuthenticationMode' ? 'API_AND_CONFIG_MAP' : true,
        );
      }),
    expects:
      field === 'AuthenticationMode'
        ? /whoever writes the ConfigMap aws-auth comes in/
        : /CloudFormation's role is an administrator/,
  })),
];

import { clusterObjectNames, labels } from '../../../schema/names';
import type { LabelSelector } from '../objects/label-selector';
import type { Identity } from './identities';
import { type Allowed, podReadings } from './pod-readings';

export const USERNAME = 'request.userInfo.username';

/** Namespaces that have a label. */
export const labelled = (key: string): LabelSelector => ({ demands: [{ key, operator: 'Exists', values: [] }] });

/** A user by its whole name. */
export const is = ({ username }: Identity): string => `== ${username}`;

/** Of a policy of tokens of accounts. */
export const TOKEN_REQUESTS: Allowed = { paths: ['request.userInfo.groups[]'], literals: ['== system:nodes'] };

/** Of the policies of places: what of a pod says where it runs. */
export const PLACEMENT_PATHS: readonly string[] = [
  'nodeSelector',
  'nodeName',
  ...['key', 'operator', 'value'].map((each) => `tolerations[].${each}`),
  'affinity.nodeAffinity',
  'schedulerName',
  'resourceClaims',
  'priorityClassName',
];

export const PLACEMENT_LITERALS: readonly string[] = [
  `[] ${labels.pool}`,
  `[] ${labels.nodeTenant}`,
  '?: ',
  '== ',
  `== ${labels.pool}`,
  '== Equal',
  'startsWith node.kubernetes.io/',
  '== nvidia.com/gpu',
  '== default-scheduler',
  '== 0',
  `in ${clusterObjectNames.pipelinePriorityClass}`,
  `in ${clusterObjectNames.servingPriorityClass}`,
  `in ${clusterObjectNames.trainingPriorityClass}`,
  `in ${clusterObjectNames.workbenchPriorityClass}`,
];

/** Of the policies of pods' accounts and tokens. */
export const accounts = (names: readonly string[], namespaces: LabelSelector): Readonly<Record<string, Allowed>> =>
  podReadings('accounts', {
    paths: [
      'serviceAccountName',
      'automountServiceAccountToken',
      'volumes[].projected.sources[].serviceAccountToken.audience',
    ],
    literals: [...names, 'pods.eks.amazonaws.com', clusterObjectNames.routerAudience].map((each) => `in ${each}`),
    namespaces,
  });

import type { Right } from './grants';

/**
 * What a right is good for, in words, for whoever reads that it is open.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks (2026-11-25)
 */
const POWERS: readonly (readonly [power: string, verbs: RegExp, resource: RegExp])[] = [
  ['everything', /./, /^\*\/\*$/],
  ['reads Secrets', /^(get|list|watch|\*)$/, /^\/(secrets|\*)$/],
  ['takes on the identity of others', /^(impersonate|\*)$/, /\/(users|groups|serviceaccounts|userextras.*|uids|\*)$/],
  ['gives rights that it does not have', /^(escalate|bind|\*)$/, /^rbac\.authorization\.k8s\.io\//],
  ['gives rights', /^(create|update|patch|\*)$/, /^rbac\.authorization\.k8s\.io\//],
  ['makes tokens of service accounts', /^(create|\*)$/, /^\/serviceaccounts\/token$/],
  ['enters pods', /^(create|get|\*)$/, /^\/(pods\/(exec|attach|portforward|proxy)|services\/proxy|nodes\/proxy)$/],
  ['enters pods', /^(update|patch|\*)$/, /^\/pods\/ephemeralcontainers$/],
  ["reads pods' output", /^(get|list|\*)$/, /^\/pods\/log$/],
  [
    'starts pods',
    /^(create|update|patch|\*)$/,
    /^(\/(pods|replicationcontrollers)|apps\/.*|batch\/.*|keda\.sh\/scaled.*)$/,
  ],
  ['places pods', /^(create|update|patch|\*)$/, /^(\/(pods\/binding|bindings|nodes.*)|karpenter.*)$/],
  ['changes admission', /./, /^admissionregistration\.k8s\.io\//],
  ['changes what pods may reach', /^(create|update|patch|delete|deletecollection|\*)$/, /^networking\.k8s\.io\//],
  ['changes namespaces', /^(create|update|patch|delete|\*)$/, /^\/namespaces/],
  ['has Flux apply things', /^(create|update|patch|\*)$/, /^(kustomize|helm|source)\.toolkit\.fluxcd\.io\//],
  ["uses KEDA's identity", /^(create|update|patch|\*)$/, /^keda\.sh\//],
  ['signs client certificates', /./, /^certificates\.k8s\.io\//],
  ['changes accounts and Secrets', /^(create|update|patch|delete|\*)$/, /^\/(serviceaccounts|secrets)$/],
];

export function powerOf({ verb, resource }: Right): string {
  const found = POWERS.find(([, verbs, resources]) => verbs.test(verb) && resources.test(resource));
  return found?.[0] ?? 'uses a right that the proof has no word for';
}

const LOOKS: readonly string[] = ['get', 'list', 'watch'];

/**
 * Whether a right only shows what things are called and how they stand: no Secret, no subresource (output, exec, proxies), no
 * wildcard, no user or group to impersonate.
 */
export function onlyLooks({ verb, resource }: Right): boolean {
  const [group, name, sub] = resource.split('/');
  return (
    LOOKS.includes(verb) &&
    sub === undefined &&
    name !== undefined &&
    name !== '' &&
    !resource.includes('*') &&
    !(group === '' && name === 'secrets')
  );
}

/** The way that is open, or has one lock less, when a policy is lost: by the beginning of its name. */
export const LOSSES: Readonly<Record<string, RegExp>> = {
  images: /a pod that (runs|begins with|mounts) an image from elsewhere|an image from elsewhere into a running pod/,
  'tenant-placement': /a pod that (asks for|names|tolerates|has an affinity|brings|claims|evicts)/,
  'team-placement': /a pod that (asks for|names|tolerates|has an affinity|brings|claims|evicts)/,
  accounts: /a pod that (names no service account|runs as|leaves|mounts a token|projects)/,
  'token-requests': /asks for a token of a service account/,
  'tenant-jobs': /starts a pod by a Job/,
  'tenant-pods': /starts a pod by a Pod/,
  'scaledjob-triggers': /a ScaledJob (that|with)/,
  'trigger-authentications': /a TriggerAuthentication that/,
  'scaled-objects': /a ScaledObject, which ends work in flight/,
  'cluster-trigger-authentications': /a ClusterTriggerAuthentication for all namespaces/,
  namespaces: /(changes|takes) label|Pod Security|deletes|makes another namespace/,
  bindings: /puts a pod on a node by/,
  'queued-jobs': /a person (makes a Job|starts a Job|moves a Job)/,
  'job-deadlines': /a person makes (a Job|of a Job) .*(never ends|ends later than its pool allows)/,
  'queued-pods': /makes a pod|with a GPU|calls a Job's/,
  'queued-templates': /asks for a GPU outside of the queue/,
  'queued-cronjobs': /asks for a GPU outside of the queue/,
  'grant-use': /starts a Job as grant/,
  'grant-doors': /enters a pod of grant/,
  'grant-maps': /writes ConfigMap grant-\S+ of grant/,
  'grant-jobs': /a pod that (runs as|takes the) .*grant/,
  'grant-pods': /a pod that (runs as|takes the) .*grant/,
};

/** The same for one validation, by a part of what it says. */
export const VALIDATIONS: Readonly<Record<string, RegExp>> = {
  // Of a pod the grants' policies refuse another account too, by its name and label: the loss shows in the policy itself.
  'serviceAccountName: allowed research':
    /a pod that (names no service account|runs as)|it has the constant \(is true\), which nothing of the environment gives it/,
};

/** Parts of rules whose loss changes nothing, by the end of the mutation's id, with the reason. */
export const UNSEEN: Readonly<Record<string, string>> = {
  '(tenant|team)-placement-pods-rule-1-without-pods-ephemeralcontainers':
    'a container that is put into a running pod moves it to no other node: its spec keeps the place that was judged',
  'accounts-pods-rule-1-without-pods-ephemeralcontainers':
    "a container that is put into a running pod has the pod's account and volumes, which were judged when it was made",
  'queued-templates-rule-2-without-(create|update|jobs)':
    'a Job may ask for a GPU, since it waits in the queue: this policy lets every Job through',
};

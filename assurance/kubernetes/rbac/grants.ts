import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';

/** Everyone who may be bound. Two are the same subject where their texts are the same. */
export type Subject = `User ${string}` | `Group ${string}` | `ServiceAccount ${string}/${string}`;

/** One right, as fine as a rule can say it. `*` is what the rule says: any. */
export interface Right {
  readonly verb: string;
  /** `<group>/<resource>` with the subresource behind it, such as `/pods/exec`; a path of the server for what is no resource. */
  readonly resource: string;
}

/** A right that a subject has, where, and by which binding. */
export interface Grant extends Right {
  readonly subject: Subject;
  /** A namespace, or `*` for all of them and for what has none. */
  readonly scope: string;
  readonly binding: string;
}

/**
 * What every cluster has from its first minute and no file shows: `cluster-admin` may do everything. Other roles of Kubernetes are not
 * spelled out, so that binding one of them is not understood.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles (2026-11-25)
 */
const CLUSTER_ADMIN: readonly Right[] = [{ verb: '*', resource: '*/*' }];

const RBAC_KINDS: readonly string[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
export const isRbac = ({ kind }: KubernetesObject): boolean => RBAC_KINDS.includes(kind);

/** A subject with its right in one line: `Group ml-speech may create /pods/exec in research-speech`. */
export const shownGrant = ({ subject, verb, resource, scope }: Grant): string =>
  `${subject} may ${verb} ${resource} in ${scope === '*' ? 'every namespace' : scope}`;

/**
 * Every right that bindings give, aggregated over roles and subjects.
 * @param objects of one cluster
 * @throws NotUnderstood where a binding names a role that is not there, or a field is unknown
 */
export function grantsOf(objects: readonly KubernetesObject[]): Grant[] {
  const roles = new Map<string, readonly Right[]>([['ClusterRole cluster-admin', CLUSTER_ADMIN]]);
  for (const object of objects)
    if (object.kind === 'Role' || object.kind === 'ClusterRole') roles.set(nameOf(object), rightsOf(object));
  return objects
    .filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
    .flatMap((binding) => grantsOfBinding(binding, roles));
}

function rightsOf(role: KubernetesObject): readonly Right[] {
  const reader = Reader.of(nameOf(role), 'role', role).only('apiVersion', 'kind', 'metadata', 'rules');
  return reader.objects('rules').flatMap((rule) => {
    rule.only('apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs');
    const resources = rule
      .texts('apiGroups')
      .flatMap((group) => rule.texts('resources').map((resource) => `${group}/${resource}`));
    // Names that narrow a rule are left out: the right counts as if it had none.
    return [...resources, ...rule.texts('nonResourceURLs')].flatMap((resource) =>
      rule.texts('verbs').map((verb) => ({ verb, resource })),
    );
  });
}

function grantsOfBinding(binding: KubernetesObject, roles: ReadonlyMap<string, readonly Right[]>): Grant[] {
  const name = nameOf(binding);
  const reader = Reader.of(name, 'binding', binding).only('apiVersion', 'kind', 'metadata', 'roleRef', 'subjects');
  const { namespace } = binding.metadata;
  const ref = reader.object('roleRef').only('apiGroup', 'kind', 'name');
  const kind = ref.text('kind');
  const role = kind === 'Role' ? `Role ${namespace ?? ''}/${ref.text('name')}` : `${kind} ${ref.text('name')}`;
  const rights = roles.get(role);
  if (rights === undefined)
    throw new NotUnderstood(name, `roleRef: got ${role}, allowed a role of the output; its rights are not known here`);
  const scope = binding.kind === 'ClusterRoleBinding' ? '*' : (namespace ?? '*');
  const subjects = reader.objects('subjects').map((each) => subjectOf(each, namespace));
  return subjects.flatMap((subject) => rights.map((right) => ({ ...right, subject, scope, binding: name })));
}

function subjectOf(reader: Reader, home: string | undefined): Subject {
  reader.only('apiGroup', 'kind', 'name', 'namespace');
  const [kind, name] = [reader.text('kind'), reader.text('name')];
  if (kind === 'ServiceAccount') return `ServiceAccount ${reader.optionalText('namespace') ?? home ?? ''}/${name}`;
  if (kind !== 'User' && kind !== 'Group') throw reader.wrong('kind', 'User, Group, ServiceAccount');
  return fromUser(kind, name);
}

/** Two other ways to spell a service account are told back into the one that it has here. */
function fromUser(kind: 'User' | 'Group', name: string): Subject {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  if (kind === 'User' && account !== null) return `ServiceAccount ${account[1] ?? ''}/${account[2] ?? ''}`;
  return `${kind} ${name}`;
}

/** Grants by who has them, for lists that are asked often. */
const bySubject = new WeakMap<readonly Grant[], ReadonlyMap<Subject, readonly Grant[]>>();

function subjectsIn(grants: readonly Grant[]): ReadonlyMap<Subject, readonly Grant[]> {
  const known = bySubject.get(grants);
  if (known !== undefined) return known;
  const sorted = new Map<Subject, Grant[]>();
  for (const grant of grants) {
    const list = sorted.get(grant.subject);
    if (list === undefined) sorted.set(grant.subject, [grant]);
    else list.push(grant);
  }
  bySubject.set(grants, sorted);
  return sorted;
}

/** Whether the grants let one of the subjects do it. A `*` in a rule is any; a resource named without its subresource has none. */
export function allows(
  grants: readonly Grant[],
  subjects: readonly Subject[],
  right: Right,
  namespace: string | undefined,
): Grant | undefined {
  const sorted = subjectsIn(grants);
  for (const subject of subjects) {
    const found = sorted
      .get(subject)
      ?.find(
        (grant) =>
          (grant.scope === '*' || grant.scope === namespace) &&
          (grant.verb === '*' || grant.verb === right.verb) &&
          coversResource(grant.resource, right.resource),
      );
    if (found !== undefined) return found;
  }
  return undefined;
}

function coversResource(pattern: string, resource: string): boolean {
  const [group = '', name = '', sub = ''] = parts(pattern);
  const [wantedGroup = '', wantedName = '', wantedSub = ''] = parts(resource);
  if (group !== '*' && group !== wantedGroup) return false;
  if (name === '*' && sub === '') return true;
  return (name === '*' || name === wantedName) && (sub === '*' || sub === wantedSub);
}

/** Group, resource and subresource. */
function parts(resource: string): string[] {
  const [group = '', name = '', ...rest] = resource.split('/');
  return [group, name, rest.join('/')];
}

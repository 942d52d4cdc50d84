import type { ClusterName } from '../../../schema/vocabulary';
import { NotUnderstood } from '../not-understood';
import type { Fields, Labels } from '../objects/kubernetes-object';
import { allows, type Grant } from '../rbac/grants';
import { type Lock, lock } from '../way';
import { refusals } from './evaluate';
import { type Identity, subjectsOf } from './identities';
import { type AdmissionPolicy, mayJudge } from './policy';
import { textOf } from './text-of';
import type { AdmissionRequest, Operation } from './request';

/** A namespace with the labels that the API server has of it. */
export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
}

/** Something that somebody tries to write. */
export interface Attempt {
  readonly by: Identity;
  readonly operation: Operation;
  readonly group: string;
  readonly version: string;
  /** With its subresource. */
  readonly resource: string;
  /** What it is about, where the object does not say it: a CONNECT's is what the caller asks of the door. */
  readonly name?: string;
  readonly namespace?: Namespace;
  readonly object: Fields | null;
  /** @default - the object itself on an update, none otherwise */
  readonly oldObject?: Fields;
}

const VERBS = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete', CONNECT: 'create' } as const;

/** Judges attempts by the policies of a cluster. What was judged once is not judged again: most tenants' namespaces are alike. */
export class Court {
  private readonly judged = new Map<string, string | undefined>();
  /** What each policy refused first, for whoever looks for what would have let it through. */
  private readonly refusedBy = new Map<string, Attempt[]>();
  /** The policies that may judge a kind of request, by that kind. */
  private readonly judges = new Map<string, readonly AdmissionPolicy[]>();
  /** How many requests the policies judged. */
  get requests(): number {
    return this.judged.size;
  }

  constructor(
    readonly cluster: ClusterName,
    private readonly policies: readonly AdmissionPolicy[],
  ) {}

  /** What refuses it, as `<policy>: <message>`; undefined where it is admitted. */
  refused(attempt: Attempt): string | undefined {
    const { by, name, namespace, object, oldObject } = attempt;
    const request = requestOf(attempt);
    const target = targetOf(attempt);
    const parts = [textOf(namespace), textOf(object), textOf(oldObject), name ?? ''];
    const key = [target, by.username, by.groups.join(), ...parts].join('\n');
    if (!this.judged.has(key)) {
      const [first] = refusals(this.judgesOf(target, request), request, key);
      this.judged.set(key, first === undefined ? undefined : `${first.policy}: ${first.message}`);
      if (first !== undefined) {
        const known = this.refusedBy.get(first.policy);
        if (known === undefined) this.refusedBy.set(first.policy, [attempt]);
        else known.push(attempt);
      }
    }
    return this.judged.get(key);
  }

  /** Whether every policy admits it. What is asked only to look for a hatch is not kept, and counts as no attempt. */
  admits(attempt: Attempt): boolean {
    const request = requestOf(attempt);
    try {
      return refusals(this.judgesOf(targetOf(attempt), request), request).length === 0;
    } catch (error) {
      // A value of another type than the field's, which the API server would not take either.
      if (error instanceof NotUnderstood) return false;
      throw error;
    }
  }

  private judgesOf(target: string, request: AdmissionRequest): readonly AdmissionPolicy[] {
    let policies = this.judges.get(target);
    if (policies === undefined) {
      policies = this.policies.filter((policy) => mayJudge(policy, request));
      this.judges.set(target, policies);
    }
    return policies;
  }

  /** Attempts of which the policy was the first to refuse them. */
  refusedFirst(policy: string): readonly Attempt[] {
    return this.refusedBy.get(policy) ?? [];
  }

  /** Admission as a lock: it holds where the attempt is refused. */
  lock(name: string, attempt: Attempt): Lock {
    return lock(`admission of ${name}`, this.refused(attempt) === undefined ? 'no policy refuses it' : undefined);
  }
}

const targetOf = ({ operation, group, version, resource }: Attempt): string =>
  `${operation} ${group}/${version}/${resource}`;

function requestOf(attempt: Attempt): AdmissionRequest {
  const { by, operation, group, version, resource, name, namespace, object, oldObject } = attempt;
  return {
    operation,
    group,
    version,
    resource,
    object,
    oldObject: oldObject ?? (operation === 'UPDATE' ? object : null),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    username: by.username,
    groups: by.groups,
  };
}

/** RBAC as a lock: it holds where nothing lets the attempt's author make it. */
export function rightsLock(grants: readonly Grant[], { by, operation, group, resource, namespace }: Attempt): Lock {
  const grant = allows(
    grants,
    subjectsOf(by),
    { verb: VERBS[operation], resource: `${group}/${resource}` },
    namespace?.name,
  );
  return lock(
    'RBAC',
    grant === undefined ? undefined : `${grant.binding} lets ${by.username} ${grant.verb} ${grant.resource}`,
  );
}

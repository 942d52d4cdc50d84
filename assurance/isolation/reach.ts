import type { Knowledge } from '../iam/knowledge';
import type { Pattern } from '../iam/pattern';
import type { Statement } from '../iam/policy';
import { coversAction } from '../iam/statement-applies';
import type { Resource, ResourceKind, Role } from '../iam/world';

/** iam-data lists it for every role; it makes roles of AWS's own below a path of theirs, and touches no other. */
export const ELSEWHERE: ReadonlySet<string> = new Set(['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole']);

/** A statement by which a role could be allowed something, and what the ARNs of its resources begin with. */
interface Reach {
  readonly statement: Statement;
  readonly beginnings: readonly string[];
}

/**
 * Which statements of a role could allow anything on a resource, by the beginnings of ARNs: most roles have none, and the solver is not
 * asked about them. It errs to the side of asking.
 */
export class RoleReach {
  readonly #ofRole = new Map<string, readonly Reach[]>();
  readonly #onResource = new Map<Role, readonly Statement[]>();
  #resource: Resource | undefined;
  readonly #covered = new WeakMap<Statement, Map<string, boolean>>();

  constructor(readonly knowledge: Knowledge) {}

  /** Allow statements of the role's own policies that could be about this resource, or what stands behind its ARN, as one of its types. */
  of(role: Role, { resource, type }: { readonly resource: Resource; readonly type: string }): readonly Statement[] {
    const about = this.#about(role, resource);
    if (about.length === 0) return about;
    const place = `${resource.kind} ${type}`;
    return about.filter((statement) => this.#covers(statement, { kind: resource.kind, type, place }));
  }

  /** Kept of one resource, whose types are asked about one after the other. */
  #about(role: Role, resource: Resource): readonly Statement[] {
    if (this.#resource !== resource) this.#onResource.clear();
    this.#resource = resource;
    const known = this.#onResource.get(role);
    if (known !== undefined) return known;
    const about = this.#reaches(role)
      .filter(({ beginnings }) => beginnings.some((start) => mayBeAbout(start, resource.arn)))
      .map(({ statement }) => statement);
    this.#onResource.set(role, about);
    return about;
  }

  /** Whether a statement speaks of any action on a type of resource. */
  #covers(
    statement: Statement,
    { kind, type, place }: { readonly kind: ResourceKind; readonly type: string; readonly place: string },
  ): boolean {
    const known = this.#covered.get(statement) ?? new Map<string, boolean>();
    this.#covered.set(statement, known);
    const found = known.get(place);
    if (found !== undefined) return found;
    const covers = this.knowledge
      .actionsOn(kind)
      .some(
        (one) => one.type === type && !ELSEWHERE.has(one.action) && coversAction(statement, one.action.toLowerCase()),
      );
    known.set(place, covers);
    return covers;
  }

  #reaches(role: Role): readonly Reach[] {
    const known = this.#ofRole.get(role.arn);
    if (known !== undefined) return known;
    const reaches = role.policies
      .flatMap(({ statements }) => statements)
      .filter(({ effect }) => effect === 'Allow')
      .map((statement) => ({ statement, beginnings: beginningsOf(statement) }));
    this.#ofRole.set(role.arn, reaches);
    return reaches;
  }
}

/** Whether an ARN, or one that stands behind it, can begin so. */
export const mayBeAbout = (start: string, arn: string): boolean => arn.startsWith(start) || start.startsWith(arn);

/** What the ARNs of its resources begin with: nothing where it names those that it is not about. */
export function beginningsOf({ resources }: Statement): string[] {
  if (resources === undefined || resources.not) return [''];
  return [...new Set(resources.entries.map(beginning))];
}

const begins = new WeakMap<Pattern, string>();

/** The characters before the first that stands for others; none where case does not matter. */
export function beginning(pattern: Pattern): string {
  const known = begins.get(pattern);
  if (known !== undefined) return known;
  const { units, ignoresCase } = pattern;
  let start = '';
  for (const unit of ignoresCase ? [] : units) {
    if (typeof unit !== 'string') break;
    start += unit;
  }
  begins.set(pattern, start);
  return start;
}

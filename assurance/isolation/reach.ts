import type { Pattern } from '../iam/pattern';
import type { Statement } from '../iam/policy';
import type { Role } from '../iam/world';

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

  /** Allow statements of the role's own policies that could be about this ARN or what stands behind it. */
  of(role: Role, arn: string): readonly Statement[] {
    return this.#reaches(role)
      .filter(({ beginnings }) => beginnings.some((start) => mayBeAbout(start, arn)))
      .map(({ statement }) => statement);
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

function beginningsOf({ resources }: Statement): string[] {
  if (resources === undefined || resources.not) return [''];
  return resources.entries.map(beginning);
}

/** The characters before the first that stands for others; none where case does not matter. */
export function beginning({ units, ignoresCase }: Pattern): string {
  let known = '';
  if (ignoresCase) return known;
  for (const unit of units) {
    if (typeof unit !== 'string') break;
    known += unit;
  }
  return known;
}

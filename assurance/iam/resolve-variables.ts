import { and, type Formula, not } from './formula';
import { NotUnderstood } from './not-understood';
import { isVariable, type Pattern, type Unit } from './pattern';
import { present, type Request } from './request';

/** A pattern without variables, and when it is the one that counts. */
export interface Resolved {
  readonly when: Formula;
  readonly pattern: Pattern;
}

/**
 * A pattern with the values of a request in place of its variables. A value whose variable is absent and has no default fits nothing
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value, 2026-11-25).
 * @param negated whether the comparison is turned round: then it is not written what an absent variable does
 * @throws NotUnderstood where a negated comparison may meet an absent variable, or a variable holds several values
 */
export function resolved(where: string, pattern: Pattern, request: Request, negated: boolean): Resolved[] {
  const at = pattern.units.findIndex(isVariable);
  const unit = pattern.units[at];
  if (unit === undefined || !isVariable(unit)) return [{ when: true, pattern }];
  const { variable, otherwise } = unit;
  const slot = request.slot(where, variable);
  if (slot.holds !== 'one')
    throw new NotUnderstood([
      `${where}: got the variable \${${variable}}, allowed one of a key that holds a single value`,
    ]);
  const there = present(slot);
  if (negated && otherwise === undefined && there !== true)
    throw new NotUnderstood([
      `${where}: got the variable \${${variable}} in a negated comparison, allowed one that every request has, or one with a default`,
    ]);
  const withUnits = (units: readonly Unit[]): Pattern => ({
    ...pattern,
    units: [...pattern.units.slice(0, at), ...units, ...pattern.units.slice(at + 1)],
  });
  const value = slot.text.flatMap((part): Unit[] => (typeof part === 'string' ? Array.from(part) : [part]));
  const choices: [Formula, readonly Unit[]][] = [[there, value]];
  if (otherwise !== undefined) choices.push([not(there), Array.from(otherwise)]);
  return choices
    .filter(([when]) => when !== false)
    .flatMap(([when, units]) =>
      resolved(where, withUnits(units), request, negated).map((rest) => ({ ...rest, when: and(when, rest.when) })),
    );
}

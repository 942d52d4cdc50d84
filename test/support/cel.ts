import { Environment } from '@marcbachmann/cel-js';

interface Expression {
  readonly expression: string;
}
interface Policy {
  readonly spec: {
    readonly matchConditions?: readonly Expression[];
    readonly variables?: readonly (Expression & { readonly name: string })[];
    readonly validations: readonly Expression[];
  };
}

const cel = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
});

/**
 * Judges a request by a ValidatingAdmissionPolicy as the API server does: conditions, then variables in their order (lazily: an
 * error in one counts only where it is used), then every validation. An expression that fails to evaluate refuses the request,
 * which is what `failurePolicy: Fail` says.
 */
export function evaluateAdmission(policy: unknown, input: object): boolean {
  const { matchConditions = [], variables = [], validations } = (policy as Policy).spec;
  const known: Record<string, unknown> = {};
  const context = { ...(input as Record<string, unknown>), variables: known };
  for (const { name, expression } of variables) {
    Object.defineProperty(known, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value: unknown = cel.evaluate(expression, context);
        Object.defineProperty(known, name, { value });
        return value;
      },
    });
  }
  try {
    if (matchConditions.some(({ expression }) => cel.evaluate(expression, context) !== true)) return true;
    return validations.every(({ expression }) => cel.evaluate(expression, context) === true);
  } catch (error) {
    if (error instanceof Error && /no such (key|field)|No such key|Unknown variable/i.test(error.message)) return false;
    throw error;
  }
}

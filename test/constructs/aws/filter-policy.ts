/**
 * Whether a message body passes a filter policy, as SNS documents it for the operators in use: a nested key must pass in some element
 * of a list, and a leaf's value must meet one of its conditions. A condition that is not known fails the test that asks.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html (2026-11-25)
 */
export function filterPasses(policy: object, body: unknown): boolean {
  return Object.entries(policy as Record<string, unknown>).every(([key, wanted]) => {
    const value = isRecord(body) ? body[key] : undefined;
    if (Array.isArray(wanted)) return typeof value === 'string' && wanted.some((condition) => meets(condition, value));
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.some((each) => isRecord(each) && filterPasses(wanted as object, each));
  });
}

function meets(condition: unknown, value: string): boolean {
  if (typeof condition === 'string') return condition === value;
  const { prefix, ...others } = condition as Record<string, unknown>;
  if (typeof prefix !== 'string' || Object.keys(others).length > 0)
    throw new Error(`got the condition ${JSON.stringify(condition)}, allowed a text or a prefix; add it here`);
  return value.startsWith(prefix);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

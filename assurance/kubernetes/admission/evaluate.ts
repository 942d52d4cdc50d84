import { type EvaluationError, ParseError } from '@marcbachmann/cel-js';
import { NotUnderstood } from '../not-understood';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { CEL } from './expressions';
import { type AdmissionPolicy, judges } from './policy';
import { numberOf } from './text-of';
import { podSecurityFaults } from './pod-security';
import { type AdmissionRequest, celInput } from './request';

/** A policy that refuses a request, and what it says. */
export interface Refusal {
  readonly policy: string;
  readonly message: string;
}

type Compiled = (context: Record<string, unknown>) => unknown;
/** The same expressions judge thousands of requests. */
const compiled = new Map<string, Compiled>();

/** A field or a key that is not there: the API server's evaluation errs too, and `failurePolicy` decides. */
class Missing extends Error {}

/**
 * What a policy said of a request, by the policy's object and the request's number. It depends on nothing else, so that a proof of
 * an output that differs in one policy asks that one alone.
 */
const verdicts = new WeakMap<KubernetesObject, Map<number, string | undefined>>();
/**
 * The policies that refuse a request, Pod Security's `restricted` among them; none where it is admitted.
 * @param key a text that no other request has, by which what was said is kept. @default - it is not kept
 * @throws NotUnderstood on an expression that cannot be evaluated here
 */
export function refusals(
  policies: readonly AdmissionPolicy[],
  request: AdmissionRequest,
  key?: string,
): readonly Refusal[] {
  const number = key === undefined ? undefined : numberOf(key);
  let input: Record<string, unknown> | undefined;
  const own = policies.flatMap((policy) => {
    if (!judges(policy, request)) return [];
    const message =
      number === undefined
        ? refusal(policy, (input ??= celInput(request)))
        : kept(policy, number, () => refusal(policy, (input ??= celInput(request))));
    return message === undefined ? [] : [{ policy: policy.name, message }];
  });
  return [...own, ...podSecurityFaults(request).map((message) => ({ policy: 'Pod Security', message }))];
}

function kept({ source }: AdmissionPolicy, number: number, judge: () => string | undefined): string | undefined {
  let known = verdicts.get(source);
  if (known === undefined) {
    known = new Map();
    verdicts.set(source, known);
  }
  if (!known.has(number)) known.set(number, judge());
  return known.get(number);
}

/** Conditions first, then the validations, with variables computed when they are read; the first that fails speaks. */
function refusal(policy: AdmissionPolicy, input: Record<string, unknown>): string | undefined {
  const context = { ...input, variables: lazily(policy, input) };
  const holds = (expression: string): boolean => evaluate(policy, expression, context) === true;
  try {
    if (!policy.conditions.every(holds)) return undefined;
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    return policy.failurePolicy === 'Fail' ? error.message : undefined;
  }
  for (const { expression, message } of policy.validations) {
    try {
      if (!holds(expression)) return message;
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      if (policy.failurePolicy === 'Fail') return message;
    }
  }
  return undefined;
}

function lazily(policy: AdmissionPolicy, input: Record<string, unknown>): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  const context = { ...input, variables };
  for (const [name, expression] of policy.variables)
    Object.defineProperty(variables, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = evaluate(policy, expression, context);
        Object.defineProperty(variables, name, { value });
        return value;
      },
    });
  return variables;
}

function evaluate({ name }: AdmissionPolicy, expression: string, context: Record<string, unknown>): unknown {
  try {
    let run = compiled.get(expression);
    if (run === undefined) {
      run = CEL.parse(expression);
      compiled.set(expression, run);
    }
    return run(context);
  } catch (error) {
    if (error instanceof Missing || error instanceof NotUnderstood) throw error;
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (!(error instanceof ParseError) && (error as EvaluationError).code === 'no_such_key') throw new Missing(text);
    throw new NotUnderstood(
      `ValidatingAdmissionPolicy ${name}`,
      `got an expression that cannot be evaluated here (${text}), allowed one that can: ${expression.slice(0, 120)}`,
    );
  }
}

import { QUOTAS } from '../../../schema/quotas';
import { type PolicyDocument, policyDocument, type Statement } from '../statement';

/** A statement whose resources are a list that grows with tenants. */
export type ListedStatement = Statement & { readonly Resource: readonly string[] };

/**
 * Cuts a statement into as many policies as IAM's size of a managed policy asks for, in the order of its resources.
 * @returns no policy where there is no resource: a statement without one is refused by IAM
 */
export function policyChunks(statement: ListedStatement): PolicyDocument[] {
  const chunks: string[][] = [];
  for (const resource of statement.Resource) {
    const last = chunks.at(-1);
    if (last !== undefined && sizeOf(documentOf(statement, [...last, resource])) <= LIMIT) last.push(resource);
    else chunks.push([resource]);
  }
  return chunks.map((resources) => documentOf(statement, resources));
}

/** Puts each statement into the last policy that has room for it, and into one more where none has. */
export function packed(documents: readonly PolicyDocument[], statements: readonly Statement[]): PolicyDocument[] {
  return statements.reduce<PolicyDocument[]>(
    (all, statement) => {
      const index = all.findLastIndex((each) => sizeOf(policyDocument(...each.Statement, statement)) <= LIMIT);
      const place = index < 0 ? all.length : index;
      return all.toSpliced(place, 1, policyDocument(...(all[place]?.Statement ?? []), statement));
    },
    [...documents],
  );
}

const LIMIT = QUOTAS.managedPolicyCharacters.value;
const sizeOf = (document: PolicyDocument): number => JSON.stringify(document).length;
const documentOf = (statement: ListedStatement, resources: readonly string[]): PolicyDocument =>
  policyDocument({ ...statement, Resource: resources });

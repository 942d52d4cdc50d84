import type { Output } from '../../../assurance/output/output';
import type { Mutation } from '../edits';
import { reasonOf } from './no-change';
import { resourceMutations } from './resources';
import { policiesOf, statementMutations } from './statements';

/** Stacks whose policies are changed statement by statement, and which of their resources: one tenant, the roles of two grants, ingest, KEDA. */
const CHANGED: readonly (readonly [stack: string, wanted: (logicalId: string) => boolean])[] = [
  ['tenant-acme', (id) => !/^(?:Audio|Text)/.test(id)],
  ['research-data-access', (id) => /notesquality/.test(id)],
  ['production-ingest', () => true],
];

/** Statements about a team's store, Athena and the catalogue, which the proof does not ask about (docs/open-claims.md). */
const ELSEWHERE = /\[(?:ReadsGrantedTables|Queries\w*|OwnFolders|ListsOwnFolders|LocatesTheStore|UsesTheStoresKey)\]/;

/** Every fault that the isolation proof of the sample must find. @param output of `mutatedEnvironment()` */
export function isolationMutations(output: Output): Mutation[] {
  const generated = CHANGED.flatMap(([stack, wanted]) =>
    policiesOf(output, stack, wanted).flatMap((place) => statementMutations(output, place, ['acme', 'birch'])),
  );
  return [...generated, ...resourceMutations()]
    .filter(({ id }) => !ELSEWHERE.test(id))
    .map((mutation) => {
      const noChange = reasonOf(mutation.id);
      return noChange === undefined ? mutation : { ...mutation, noChange };
    });
}

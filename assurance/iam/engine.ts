import type { Query, Witness } from './query';

/**
 * Decides queries over one world. The solver is started once; `close` ends its threads, without which the process would not end.
 */
export interface Engine {
  /**
   * A request that the query admits and that is allowed, or none: then no request at all is.
   * @throws NotUnderstood where something on the way to the decision is not known
   */
  isAllowed(query: Query): Witness | undefined;
  close(): Promise<void>;
}

import type { Formula } from './formula';
import type { Knowledge } from './knowledge';
import type { Query } from './query';
import type { Request, Slot } from './request';
import type { Requester } from './requester';
import type { World } from './world';

/** One way in which a principal can be the requester of a request. */
export interface Way {
  readonly requester: Requester;
  /** What the request says because of the requester, by keys in lower case. */
  readonly given: (key: string) => Slot | undefined;
  /** What holds of such a requester, once the request's keys have been asked about. */
  readonly holds: () => Formula;
  /** The request that opened the session, once `holds` was asked. */
  readonly opened: Request | undefined;
}

export interface WayParts {
  readonly world: World;
  readonly knowledge: Knowledge;
  readonly sessions: Required<Query>['sessions'];
}

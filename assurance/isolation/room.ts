import type { Exception } from '../iam/query';
import type { Resource } from '../iam/world';
import type { ConditionBlock } from '../iam/condition';
import type { DeclaredService } from './declared-services';
import type { DeclaredWay, Place } from './declared-way';
import type { Spot } from './spot';

/** Resources that are asked about together, with all that is declared on them. */
export interface Room {
  /** Such as `tenant-acme` or `team-speech`, for findings. */
  readonly subject: string;
  /** As of a spot. */
  readonly of: string;
  readonly resources: readonly Resource[];
  readonly ways: readonly DeclaredWay[];
  readonly services: readonly DeclaredService[];
  /** What roles do that no template of the proof makes. */
  readonly elsewhere: readonly DeclaredElsewhere[];
  /** As of a spot. @default - the resources' policies are those of the stacks */
  readonly policy?: Spot['policy'];
  /** What is not wrong with strangers' actions on a resource, by the action. */
  readonly harmless: (resource: Resource) => Readonly<Record<string, readonly Exception[]>>;
  /** Requests that are not asked about, whoever makes them: another room is about them. */
  readonly except: readonly Exception[];
  /** Asks about the settings of a resource. */
  readonly settings: (resource: Resource) => void;
  /** Asks what is asked of this room alone. */
  readonly also: (spot: Spot) => void;
}

/** One way of a role that no template makes, such as the eraser's: through the resource's policy. */
export interface DeclaredElsewhere {
  readonly who: string;
  /** ARN of the role. */
  readonly arn: string;
  readonly on: Place;
  readonly actions: readonly string[];
  readonly where: ConditionBlock;
}

type Given = 'subject' | 'of' | 'resources' | 'ways';

/** A room of which nothing more is to say than this. */
export const roomOf = (given: Pick<Room, Given> & Partial<Room>): Room => ({
  services: [],
  elsewhere: [],
  harmless: () => ({}),
  except: [],
  settings: () => undefined,
  also: () => undefined,
  ...given,
});

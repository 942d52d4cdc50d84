import type { Output } from '../../../assurance/output/output';
import type { Mutation } from '../edits';
import { additionMutations } from './additions';
import { bucketMutations } from './bucket-settings';
import { deliveryMutations } from './deliveries';
import { evidenceMutations } from './evidence';
import { functionMutations } from './functions';
import { guardRailMutations } from './guard-rails';
import { heldMutations } from './held';
import { reasonOf } from './no-change';
import { resourceMutations } from './resources';
import { openingMutations } from './openings';
import { registryMutations } from './registry';
import { policiesOf, type PolicyPlace, statementMutations } from './statements';
import { storeMutations } from './stores';
import { wiringMutations } from './wiring';
import { takeoverMutations } from './takeovers';

/** A stack whose policies are changed statement by statement. */
interface Changed {
  readonly stack: string;
  /** Which of its resources, by their logical ids. */
  readonly wanted: RegExp;
  /** Names that are put in place of others. */
  readonly swaps: readonly (readonly [from: string, to: string])[];
  /** @default - policies of every kind */
  readonly only?: PolicyPlace['kind'];
}

const TENANTS = ['acme', 'birch'] as const;
const GRANTS = ['notes-quality', 'topics-eval'] as const;

/** One tenant, one grant with its team's store, a corpus, what is delivered, ingest; and who becomes the platform's roles. */
const CHANGED: readonly Changed[] = [
  { stack: 'tenant-acme', wanted: /^(?!Audio|Text)/, swaps: [TENANTS] },
  { stack: 'research-data-access', wanted: /notesquality/, swaps: [TENANTS, GRANTS, ['team/language', 'team/speech']] },
  { stack: 'research-data-access', wanted: /^Teamlanguage/, swaps: [GRANTS] },
  { stack: 'research-corpora', wanted: /./, swaps: [GRANTS] },
  { stack: 'production-delivery', wanted: /./, swaps: [] },
  { stack: 'production-cluster', wanted: /^FluxSource/, swaps: [] },
  {
    stack: 'production-cluster',
    wanted: /^(?:Keda|Karpenter|SystemNodes|ControlPlane|Addons)/,
    swaps: [],
    only: 'trust',
  },
  { stack: 'production-registry', wanted: /^ImageMirror/, swaps: [], only: 'trust' },
  { stack: 'research-evidence', wanted: /./, swaps: [], only: 'trust' },
  { stack: 'production-ingest', wanted: /./, swaps: [TENANTS] },
];

/** Every fault that the isolation proof of the sample must find. @param output of `mutatedEnvironment()` */
export function isolationMutations(output: Output): Mutation[] {
  const generated = CHANGED.flatMap(({ stack, wanted, swaps, only }) =>
    policiesOf(output, stack, (id) => wanted.test(id))
      .filter(({ kind }) => only === undefined || kind === only)
      .flatMap((place) => statementMutations(output, place, swaps)),
  );
  return [
    ...generated,
    ...resourceMutations(),
    ...storeMutations(),
    ...takeoverMutations(),
    ...registryMutations(),
    ...openingMutations(),
    ...additionMutations(),
    ...wiringMutations(),
    ...bucketMutations(),
    ...deliveryMutations(),
    ...functionMutations(),
    ...evidenceMutations(),
    ...heldMutations(),
    ...guardRailMutations(output),
  ].map((mutation) => {
    const noChange = reasonOf(mutation.id);
    return noChange === undefined ? mutation : { ...mutation, noChange };
  });
}

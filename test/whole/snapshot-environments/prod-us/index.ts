import type { EnvironmentInput } from '../../../../schema/environment';
import { bigInput } from '../../../support/big-environment';

/** The fields that `environments/prod-us` had on 2026-11-25, under its name, which the snapshots hold. */
export default { ...bigInput, name: 'prod-us' } satisfies EnvironmentInput;

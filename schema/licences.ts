/** Under what somebody may use a model's weights, as far as it decides whether a platform for paying tenants may serve it. */
export interface Licence {
  /** Whether what it licenses may work for money. Weights that may not are refused: every environment serves tenants who pay. */
  readonly commercialUse: boolean;
  /** Where its text is. */
  readonly source: string;
}

const spdx = (id: string, commercialUse = true): Licence => ({
  commercialUse,
  source: `https://spdx.org/licenses/${id}.html`,
});

/**
 * The licences that the catalogue knows, by SPDX id (looked up 2026-11-26): a closed list, so that one nobody read is a fault and not a
 * guess. Whoever adds one says whether commercial use is allowed. `LicenseRef-Tenant` is no licence of the public: the contract with the
 * tenant on whose data alone the model was trained, and for whom alone it works.
 */
export const LICENCES = {
  'Apache-2.0': spdx('Apache-2.0'),
  'BSD-3-Clause': spdx('BSD-3-Clause'),
  'CC-BY-4.0': spdx('CC-BY-4.0'),
  'CC-BY-NC-4.0': spdx('CC-BY-NC-4.0', false),
  'CC-BY-NC-SA-4.0': spdx('CC-BY-NC-SA-4.0', false),
  'CC-BY-SA-4.0': spdx('CC-BY-SA-4.0'),
  'CC0-1.0': spdx('CC0-1.0'),
  'LicenseRef-Tenant': { commercialUse: true, source: "the tenant's contract" },
  MIT: spdx('MIT'),
} as const satisfies Record<string, Licence>;

export type LicenceId = keyof typeof LICENCES;
export const LICENCE_IDS = Object.keys(LICENCES) as [LicenceId, ...LicenceId[]];
/** What a tenant's model is under, beside the licences of what it was made of. */
export const TENANT_LICENCE = 'LicenseRef-Tenant' satisfies LicenceId;

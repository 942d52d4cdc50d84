/** The platform's layers, in the order in which Flux applies them; each is one file of a cluster. */
export const PLATFORM_LAYERS = ['10-controllers', '20-pools', '30-admission'] as const;
export type PlatformLayer = (typeof PLATFORM_LAYERS)[number];

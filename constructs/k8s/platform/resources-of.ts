import type { PodSize } from '../../../schema/system-load';

/** A container's `resources`. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export function resourcesOf({ cpuMillis, cpuLimitMillis, memoryMiB, memoryLimitMiB }: PodSize): Resources {
  return {
    requests: { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi` },
    limits: { cpu: `${cpuLimitMillis}m`, memory: `${memoryLimitMiB}Mi` },
  };
}

import { at, isValues, listOf } from '../output/values';
import type { Ending } from './coverage';

/** Where the pod's template of each kind of workload is. */
export const POD_TEMPLATES: Readonly<Record<string, string>> = {
  'apps/DaemonSet': 'spec.template',
  'apps/Deployment': 'spec.template',
  'apps/StatefulSet': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
  'batch/Job': 'spec.template',
  'keda.sh/ScaledJob': 'spec.jobTargetRef.template',
};

/** What each kind of volume leaves behind: what it goes with, or nothing because it holds none. */
const GOES_WITH: Readonly<Record<string, string | undefined>> = {
  configMap: undefined,
  downwardAPI: undefined,
  projected: undefined,
  secret: undefined,
  emptyDir: 'its pod',
  ephemeral: 'its pod',
};

export interface PodVolumes {
  readonly endings: readonly Ending[];
  /** Volumes that outlive the pod, or whose kind is not known. */
  readonly faults: readonly { readonly kind: 'unnamed' | 'not-understood'; readonly message: string }[];
}

/** What the volumes of a pod template hold on to. A claim is judged by itself. */
export function podVolumes(template: unknown): PodVolumes {
  const endings: Ending[] = [{ by: 'owner', what: 'its pod: files of the container' }];
  const faults: { kind: 'unnamed' | 'not-understood'; message: string }[] = [];
  for (const volume of listOf(at(template, 'spec.volumes'))) {
    const name = String(at(volume, 'name'));
    const sources = Object.keys(isValues(volume) ? volume : {}).filter((field) => field !== 'name');
    for (const source of sources) {
      if (source === 'persistentVolumeClaim') continue;
      const mounts = at(volume, 'csi.driver');
      if (source === 'hostPath')
        faults.push({
          kind: 'unnamed',
          message: `volume ${name}: got hostPath, expected emptyDir: it outlives its pod`,
        });
      else if (source === 'csi' && mounts === 's3.csi.aws.com') continue;
      else if (!(source in GOES_WITH))
        faults.push({
          kind: 'not-understood',
          message: `volume ${name}: got ${source}, expected a kind that is known`,
        });
      else if (GOES_WITH[source] !== undefined)
        endings.push({ by: 'owner', what: `${GOES_WITH[source]}: volume ${name}` });
    }
    if (sources.length === 0)
      faults.push({ kind: 'not-understood', message: `volume ${name}: got no kind, expected one that is known` });
  }
  return { endings, faults };
}

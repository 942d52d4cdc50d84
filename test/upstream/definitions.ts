import { CHARTS } from '../../schema/charts';
import { IMAGES } from '../../schema/images';

/** A folder of CustomResourceDefinitions in a Go module, as the judge takes it. */
export interface Definitions {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
}

/** The nearest versions on both sides of one that the module proxy does not serve (2026-11-25): an object has to fit both. */
interface Neighbours {
  readonly below: string;
  readonly above: string;
}

const flux = (controller: string, tag: string, { below, above }: Neighbours): Definitions[] => {
  if (older(tag, below) || older(above, tag)) {
    throw new Error(
      `${controller}: got ${tag}, allowed ${below} to ${above}; name its neighbours in test/upstream/definitions.ts`,
    );
  }
  return [below, above].map((version) => ({
    module: `github.com/fluxcd/${controller}`,
    version,
    folder: 'config/crd/bases',
  }));
};

const older = (a: string, b: string): boolean => a.localeCompare(b, 'en', { numeric: true }) < 0;

/** What the charts of `schema/charts.ts` install, in the versions that they install. */
export const DEFINITIONS: readonly Definitions[] = [
  { module: 'sigs.k8s.io/karpenter', version: `v${CHARTS.karpenter.appVersion}`, folder: 'pkg/apis/crds' },
  {
    module: 'github.com/aws/karpenter-provider-aws',
    version: `v${CHARTS.karpenter.appVersion}`,
    folder: 'pkg/apis/crds',
  },
  { module: 'sigs.k8s.io/kueue', version: CHARTS.kueue.appVersion, folder: 'config/components/crd/bases' },
  { module: 'github.com/kedacore/keda/v2', version: `v${CHARTS.keda.appVersion}`, folder: 'config/crd/bases' },
  ...flux('source-controller', IMAGES['flux-source-controller'].tag, { below: 'v1.8.0', above: 'v1.9.0' }),
  ...flux('kustomize-controller', IMAGES['flux-kustomize-controller'].tag, { below: 'v1.6.0', above: 'v1.9.0' }),
  ...flux('helm-controller', IMAGES['flux-helm-controller'].tag, { below: 'v1.4.0', above: 'v1.6.0' }),
];

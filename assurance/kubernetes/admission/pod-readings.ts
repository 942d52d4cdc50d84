import type { LabelSelector } from '../objects/label-selector';

/** What a policy may go by: what the attacks on it vary, or what none of those whom it judges can write. */
export interface Allowed {
  readonly paths: readonly string[];
  /** Constants after what is done with them, as `readingOf` gives them. */
  readonly literals: readonly string[];
  /** Namespaces that it judges. @default - all */
  readonly namespaces?: LabelSelector;
}

/** Where the pod lies in what a policy of each shape judges. */
const PODS: Readonly<Record<string, string>> = {
  pods: 'object.spec',
  templates: 'object.spec.template.spec',
  cronjobs: 'object.spec.jobTemplate.spec.template.spec',
  scaledjobs: 'object.spec.jobTargetRef.template.spec',
};

interface PodReading {
  /** Below the pod's spec. */
  readonly paths: readonly string[];
  /** Whole ones. @default - none */
  readonly more?: readonly string[];
  readonly literals: readonly string[];
  readonly namespaces: LabelSelector;
  /** Whether the policy of pods may ask if they are made: one that runs has a node. @default false */
  readonly whenMade?: true;
}

/** The same for the policies of every shape, `<name>-pods` and so on. */
export function podReadings(
  name: string,
  { paths, more = [], literals, namespaces, whenMade }: PodReading,
): Readonly<Record<string, Allowed>> {
  return Object.fromEntries(
    Object.entries(PODS).map(([shape, pod]) => {
      const operation = whenMade === true && shape === 'pods';
      return [
        `${name}-${shape}`,
        {
          paths: [...paths.map((each) => `${pod}.${each}`), ...more, ...(operation ? ['request.operation'] : [])],
          literals: [...literals, ...(operation ? ['!= CREATE'] : [])],
          namespaces,
        },
      ];
    }),
  );
}

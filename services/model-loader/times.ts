/** Pauses of the loader, milliseconds. Tests alone have others. */
export interface Times {
  /** Between two looks at the configuration, the server and what is wanted of it. */
  readonly look: number;
  /** Between two tries of a release that was left out. */
  readonly retry: number;
  /**
   * How long a model stays loaded that is no longer asked for: the router learns of it on a way of its own. A kubelet takes a minute and the life of
   * its cache to show a changed ConfigMap.
   * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically (looked up 2026-11-26)
   */
  readonly farewell: number;
  /** First pause after a part of a file that did not come; each further one is twice as long. */
  readonly pause: number;
  /** Longest answer of the server to a load: an ONNX model is optimized meanwhile. */
  readonly load: number;
}

export const TIMES: Times = { look: 2000, retry: 300_000, farewell: 120_000, pause: 500, load: 600_000 };

/** Bottlerocket's settings that a node may be told, with what each may be. Where there is a reason, the value opens nothing. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  'settings.host-containers.admin.enabled': /^false$/,
  'settings.host-containers.control.enabled': /^false$/,
  'settings.metrics.send-metrics': /^false$/,
  // How images are fetched and unpacked: which are is for the pod, and whence for the registry's policy.
  'settings.container-runtime.snapshotter': /^"soci"$/,
  'settings.container-runtime.max-concurrent-downloads': /^\d+$/,
  'settings.container-runtime-plugins.soci-snapshotter.pull-mode': /^"parallel-pull-unpack"$/,
  'settings.container-runtime-plugins.soci-snapshotter.parallel-pull-unpack.max-concurrent-downloads-per-image':
    /^\d+$/,
  'settings.container-runtime-plugins.soci-snapshotter.parallel-pull-unpack.concurrent-download-chunk-size':
    /^"\d+mb"$/,
  'settings.container-runtime-plugins.soci-snapshotter.parallel-pull-unpack.max-concurrent-unpacks-per-image': /^\d+$/,
  'settings.container-runtime-plugins.soci-snapshotter.parallel-pull-unpack.discard-unpacked-layers':
    /^(?:true|false)$/,
};

/** Both start by themselves unless they are told not to, and each is a way to root on the node. */
const DISABLED = ['admin', 'control'] as const;

/**
 * What is wrong with a node's user data: TOML in its plainest form, of which every setting is known. A host container or a bootstrap container of
 * somebody's is root on the node, and a label under `settings.kubernetes` makes it another tenant's.
 * @see https://bottlerocket.dev/en/os/1.34.x/api/settings/host-containers/ (2026-11-26)
 */
export function userDataFaults(text: string): readonly string[] {
  const settings = new Map<string, string>();
  const faults: string[] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const header = /^\[([\w.-]+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([\w-]+) = (.+)$/.exec(line) ?? [];
    const path = `${section}.${key ?? ''}`;
    if (header !== undefined) section = header;
    else if (key === undefined || value === undefined || settings.has(path))
      faults.push(`userData: got the line '${line}', allowed sections and settings once each`);
    else settings.set(path, value);
  }
  for (const [path, value] of settings) {
    const known = KNOWN[path];
    if (known === undefined)
      faults.push(
        `userData: ${path}: got ${value}, allowed the settings of the host containers, of metrics and of pulling only`,
      );
    else if (!known.test(value)) faults.push(`userData: ${path}: got ${value}, allowed ${known.source}`);
  }
  return [
    ...faults,
    ...DISABLED.filter((each) => settings.get(`settings.host-containers.${each}.enabled`) !== 'false').map(
      (each) => `Bottlerocket's ${each} container is not disabled, which is root on the node`,
    ),
  ];
}

import { changeText, withText, type Mutation } from './edits';

const PLATFORM = 'tenants/acme/platform/objects.yaml';
const WORKLOADS = 'tenants/acme/workloads/objects.yaml';

/** Files of tenants that cannot be read, or that are not what they should be. */
export const TENANT_FILE_MUTATIONS: readonly Mutation[] = [
  {
    id: 'tenants-not-yaml',
    description: 'a file that is no YAML',
    apply: (output) => changeText(output, 'production', PLATFORM, 'kind: Namespace', 'kind: [Namespace'),
    expects: /not-understood production\/tenants\/acme\/platform: is no YAML that can be read/,
  },
  {
    id: 'tenants-key-twice',
    description: 'a field twice',
    apply: (output) =>
      changeText(output, 'production', PLATFORM, 'kind: Namespace\n', 'kind: Namespace\nkind: Namespace\n'),
    expects: /not-understood production\/tenants\/acme\/platform: is no YAML that can be read: Map keys must be unique/,
  },
  {
    id: 'tenants-no-kind',
    description: 'an object without a kind',
    apply: (output) => changeText(output, 'production', WORKLOADS, 'kind: ConfigMap\n', ''),
    expects:
      /not-understood production\/tenants\/acme\/workloads: got .*allowed objects with apiVersion, kind and metadata\.name/,
  },
  {
    id: 'tenants-file-gone',
    description: 'a file is gone',
    apply: (output) => ({ ...output, objects: output.objects.filter(({ key }) => key !== PLATFORM) }),
    expects: /not-understood production\/tenants\/acme\/platform\/objects\.yaml: got no such file/,
  },
  {
    id: 'tenants-file-more',
    description: 'a file of a tenant that there is not',
    apply: (output) => {
      const file = output.objects.find(({ key }) => key === PLATFORM);
      return file === undefined
        ? output
        : { ...output, objects: [...output.objects, { ...file, key: 'tenants/zenith/platform/objects.yaml' }] };
    },
    expects:
      /not-understood production\/tenants\/zenith\/platform\/objects\.yaml: got a file that belongs to no tenant/,
  },
  {
    id: 'tenants-description',
    description: 'other words in a ConfigMap',
    apply: (output) => {
      const file = output.objects.find(({ key }) => key === WORKLOADS);
      return file === undefined
        ? output
        : withText(output, file, file.text().replace('state: active', 'state: "active"'));
    },
    expects: /nothing/,
    noChange: 'the same text, quoted',
  },
];

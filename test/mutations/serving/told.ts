import type { Output } from '../../../assurance/output/output';
import { changeObject, type Draft, type Mutation } from '../kubernetes/edits';

const namespace = 'serving';

type Told = Record<string, unknown>;

/** Another text in the one file of a ConfigMap. */
const told = (
  id: string,
  description: string,
  name: string,
  edit: (config: Told) => void,
  expects: RegExp,
): Mutation => ({
  id: `serving-told-${id}`,
  description,
  apply: (output: Output) =>
    changeObject(output, { cluster: 'production', kind: 'ConfigMap', name, namespace }, (object) => {
      const data = object['data'] as Draft;
      const config = JSON.parse(String(data['config.json'])) as Told;
      edit(config);
      data['config.json'] = JSON.stringify(config);
    }),
  expects,
});

interface RouterTold extends Told {
  readonly pools: { name: string; url: string }[];
  common: { type: string; pool: string; model: string }[];
  tenants: { id: string; models: { type: string; pool: string; digest: string }[]; common?: unknown[] }[];
}
const router = (id: string, description: string, edit: (config: RouterTold) => void, expects: RegExp): Mutation =>
  told(
    `router-${id}`,
    description,
    'router',
    (config) => {
      edit(config as RouterTold);
    },
    expects,
  );
interface ServerTold extends Told {
  readonly models: Record<string, unknown>[];
}
const server = (
  id: string,
  description: string,
  name: string,
  edit: (config: ServerTold) => void,
  expects: RegExp,
): Mutation =>
  told(
    `${name}-${id}`,
    description,
    name,
    (config) => {
      edit(config as ServerTold);
    },
    expects,
  );
const tenantOf = (config: RouterTold, id: string): RouterTold['tenants'][number] => {
  const found = config.tenants.find((each) => each.id === id);
  if (found === undefined) throw new Error(`got no tenant ${id} to change`);
  return found;
};

const ROUTED = /^open production: ConfigMap serving\/router: whose models the router routes: /;
const HELD = /^open production: ConfigMap serving\/triton-\d: whose models the server has: /;

/** What the router and the loaders are told that is not so. */
export const TOLD_MUTATIONS: readonly Mutation[] = [
  router(
    'digest-of-another',
    "acme's adapter is birch's",
    (config) => {
      const [own, other] = [tenantOf(config, 'acme'), tenantOf(config, 'birch')].map(({ models }) =>
        models.find(({ type }) => type === 'replies'),
      );
      if (own !== undefined && other !== undefined) [own.digest, other.digest] = [other.digest, own.digest];
    },
    /ConfigMap serving\/router: whose models the router routes: tenants (?:acme|birch): models/,
  ),
  router(
    'unreleased',
    'a model that nobody has approved',
    (config) => {
      tenantOf(config, 'birch').models.push({ type: 'topics', pool: 'triton-0', digest: `sha256:${'9'.repeat(64)}` });
    },
    ROUTED,
  ),
  router(
    'suspended',
    'a tenant that is suspended may ask',
    (config) => config.tenants.push({ id: 'cedar-health', models: [] }),
    ROUTED,
  ),
  router('gone', 'an active tenant may not ask', (config) => config.tenants.shift(), ROUTED),
  router(
    'dedicated-shared',
    "a tenant with servers of its own is routed to everybody's",
    (config) => Reflect.deleteProperty(tenantOf(config, 'dahlia'), 'common'),
    ROUTED,
  ),
  router(
    'dedicated-common',
    "everybody is routed to one tenant's server",
    (config) => {
      const [first] = config.common;
      if (first !== undefined) first.pool = 'triton-1';
    },
    ROUTED,
  ),
  router(
    'elsewhere',
    'a pool is somewhere else',
    (config) => {
      const [first] = config.pools;
      if (first !== undefined) first.url = 'http://tenant-acme.example:8000';
    },
    ROUTED,
  ),
  router(
    'issuer',
    'tokens of another issuer count',
    (config) => {
      config['identity'] = { ...(config['identity'] as object), issuer: 'https://elsewhere.example' };
    },
    ROUTED,
  ),
  router(
    'keys',
    'keys of another issuer count',
    (config) => {
      config['identity'] = { ...(config['identity'] as object), keysUrl: 'https://elsewhere.example/keys' };
    },
    ROUTED,
  ),
  router(
    'unknown-field',
    'a field that nobody knows',
    (config) => {
      config['allowAll'] = true;
    },
    /^not-understood production: ConfigMap serving\/router: /,
  ),
  server(
    'not-placed',
    'a head of a tenant that lies elsewhere',
    'triton-0',
    (config) => config.models.push({ ...config.models.at(-1), tenant: 'dahlia', type: 'topics' }),
    HELD,
  ),
  server(
    'bucket',
    "a head from another tenant's bucket",
    'triton-0',
    (config) => {
      const own = config.models.find(({ tenant }) => tenant === 'acme');
      if (own !== undefined) own['bucket'] = 'atoll-sample-birch-222222222222';
    },
    HELD,
  ),
  server(
    'digest',
    'a digest that is not released',
    'triton-0',
    (config) => {
      const own = config.models.find(({ tenant }) => tenant === 'acme');
      if (own !== undefined) own['digest'] = `sha256:${'9'.repeat(64)}`;
    },
    HELD,
  ),
  server(
    'account',
    'buckets of another account',
    'triton-0',
    (config) => {
      config['account'] = '999999999999';
    },
    HELD,
  ),
  server(
    'lost',
    'a head that is released is not there',
    'triton-1',
    (config) => config.models.splice(0, 2),
    /^(?:closed|not-understood) production: ConfigMap serving\/triton-1: /,
  ),
];

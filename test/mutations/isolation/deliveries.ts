import { createHash } from 'node:crypto';
import type { Output } from '../../../assurance/output/output';
import {
  addResource,
  editAssets,
  editResource,
  editStack,
  type Fields,
  type Mutation,
  removeResource,
  removeStacks,
  set,
  withText,
} from '../edits';

const DELIVERY = 'Custom::AtollDelivery';
const STACKS = ['production-delivery', 'research-delivery', 'tenant-acme', 'tenant-birch'] as const;
const ADMISSION = 'platform/30-admission/objects.yaml';

/** Faults by which a cluster gets other objects than those that are proven. */
export const deliveryMutations = (): Mutation[] => [...resources(), ...contents(), ...kept(), ...templates()];

const named = (id: string, apply: Mutation['apply'], expects: RegExp): Mutation => ({
  id,
  description: 'other objects than those that are proven',
  apply,
  expects,
});

/** What the resource says. */
function resources(): Mutation[] {
  const edit = (stack: string, id: string, change: (properties: Fields) => void, expects: RegExp): Mutation =>
    named(`${stack}: a delivery ${id}`, (output) => editResource(output, stack, DELIVERY, change), expects);
  const fieldOf = (stack: string, id: string, path: string, value: unknown, expects: RegExp): Mutation =>
    edit(
      stack,
      id,
      (properties) => {
        set(properties, path, value);
      },
      expects,
    );
  const other = `${'0'.repeat(64)}.yaml`;
  return [
    ...STACKS.flatMap((stack) => [
      fieldOf(
        stack,
        'from a foreign bucket',
        'SourceBucket',
        'added',
        /^open .+ SourceBucket: got "added", allowed "cdk-/,
      ),
      fieldOf(
        stack,
        'from another file',
        'SourceKey',
        other,
        /^open .+ SourceKey: got 0+\.yaml, allowed what one file/,
      ),
      fieldOf(stack, 'with a hash of zeros', 'Files.0.Sha256', '0'.repeat(64), /^open .+: Sha256: got 0+, allowed/),
      fieldOf(stack, 'of another place', 'Files.0.Offset', 1, /^open .+: got other bytes than the file of/),
      fieldOf(stack, 'of a place from the end', 'Files.0.Offset', -5, /^open .+: got other bytes than the file of/),
      fieldOf(stack, 'of fewer bytes', 'Files.0.Bytes', 5, /^open .+: got other bytes than the file of/),
      fieldOf(stack, 'without one of its files', 'Files.0', undefined, /^closed .+ Files: got no .+, allowed one/),
      fieldOf(stack, 'without files', 'Files', undefined, /^closed .+ Files: got no .+, allowed one/),
      fieldOf(
        stack,
        'by a foreign function',
        'ServiceToken',
        'arn:aws:lambda:eu-central-1:999999999999:function:added',
        /^open .+ ServiceToken: got "arn:aws:lambda\S+added"/,
      ),
      fieldOf(stack, 'with a field that is not known', 'Added', true, /^open .+ Added: got one, allowed ServiceToken/),
      fieldOf(stack, 'with an entry that says more', 'Files.0.Added', true, /^open .+: got Added, allowed a place/),
      edit(
        stack,
        'of a file twice',
        ({ Files }) => {
          (Files as unknown[]).push(structuredClone((Files as unknown[])[0]));
        },
        /^open .+ Files: got \S+, allowed .+, each once/,
      ),
      named(
        `${stack}: no delivery`,
        (output) => removeResource(output, stack, DELIVERY),
        /^closed .+: got no delivery, allowed one/,
      ),
      named(
        `${stack}: a delivery that stays when its stack goes`,
        (output) =>
          editStack(output, stack, ({ Resources }) => {
            const found = Object.values(Resources).find(({ Type }) => Type === DELIVERY);
            if (found !== undefined) found.DeletionPolicy = 'Retain';
          }),
        /^open .+: got the attribute DeletionPolicy, allowed/,
      ),
      named(
        `${stack}: one more delivery`,
        (output) => addResource(output, stack, { Type: DELIVERY, Properties: { Files: [] } }),
        /^open .+: got a delivery, allowed one of the stack/,
      ),
    ]),
    named(
      'tenant-birch: one more delivery, spelled with an escape',
      (output) => spelled(addResource(output, 'tenant-birch', { Type: DELIVERY, Properties: { Files: [] } })),
      /^open .+tenant-birch\/Added: got a delivery, allowed one of the stack/,
    ),
    named(
      'production-operations: a delivery',
      (output) => addResource(output, 'production-operations', { Type: DELIVERY, Properties: { Files: [] } }),
      /^open .+: got a delivery, allowed none/,
    ),
    ...['tenants/birch/platform/objects.yaml', 'index/birch.yaml', ADMISSION].map((key) =>
      fieldOf('tenant-acme', `into ${key}`, 'Files.1.TargetKey', key, /^open .+ Files: got \S+, allowed .+acme/),
    ),
    fieldOf(
      'production-delivery',
      "into a tenant's folder",
      'Files.0.TargetKey',
      'tenants/acme/platform/objects.yaml',
      /^open .+ Files: got tenants/,
    ),
    edit(
      'production-delivery',
      'without what admission refuses',
      (properties) => {
        properties['Files'] = (properties['Files'] as Fields[]).filter(({ TargetKey }) => TargetKey !== ADMISSION);
      },
      /^closed .+ Files: got no platform\/30-admission\/objects\.yaml/,
    ),
    named(
      'production-delivery: no stack',
      (output) => removeStacks(output, /^production-delivery$/),
      /^closed .+: got no delivery/,
    ),
  ];
}

/** The template's text with the type of what was added written by an escape. */
const spelled = (output: Output): Output => ({
  ...output,
  stacks: output.stacks.map((stack) =>
    stack.id === 'tenant-birch'
      ? { ...stack, text: () => stack.text().replace(/("Added": \{\s+"Type": "Custom::)A/, '$1\\u0041') }
      : stack,
  ),
});

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const BUNDLE = /delivery\.[0-9a-f]{64}\.yaml$/;

/** What is uploaded. */
function contents(): Mutation[] {
  const changed = (output: Output, stack: string): Output =>
    editAssets(output, stack, (asset) =>
      BUNDLE.test(asset.path)
        ? {
            ...asset,
            bytes: () => Buffer.from(asset.bytes().toString('latin1').replace('metadata', 'metabata'), 'latin1'),
          }
        : asset,
    );
  return STACKS.flatMap((stack) => [
    named(
      `${stack}: other objects in what is uploaded`,
      (output) => changed(output, stack),
      /^open .+: got other bytes than the file of/,
    ),
    named(
      `${stack}: other objects in what is uploaded, with all hashes`,
      (output) => rehashed(changed(output, stack), stack),
      /^open .+: got other bytes than the file of/,
    ),
    named(
      `${stack}: what is uploaded has another hash`,
      (output) =>
        editAssets(output, stack, (asset) =>
          BUNDLE.test(asset.path)
            ? { ...asset, bytes: () => Buffer.concat([asset.bytes(), Buffer.from('\n')]) }
            : asset,
        ),
      /^open .+ SourceKey: got \S+, allowed \S+: what is uploaded has that hash/,
    ),
    named(
      `${stack}: nothing is uploaded`,
      (output) => editAssets(output, stack, (asset) => (BUNDLE.test(asset.path) ? undefined : asset)),
      /^open .+ SourceKey: got \S+, allowed what one file of the stack's assets/,
    ),
    named(
      `${stack}: what is uploaded goes elsewhere`,
      (output) =>
        editAssets(output, stack, (asset) =>
          BUNDLE.test(asset.path)
            ? { ...asset, destinations: asset.destinations.map(({ key }) => ({ bucket: 'added', key })) }
            : asset,
        ),
      /^open .+ SourceKey: got \S+, allowed what one file of the stack's assets/,
    ),
  ]);
}

/** As whoever changes the file would change all that says its hash. */
function rehashed(output: Output, stack: string): Output {
  const found = output.stacks
    .find(({ id }) => id === stack)
    ?.assets()
    .find(({ path }) => BUNDLE.test(path));
  const bytes = found?.bytes() ?? Buffer.alloc(0);
  const key = `${hash(bytes)}.yaml`;
  const uploaded = editAssets(output, stack, (asset) =>
    BUNDLE.test(asset.path)
      ? { ...asset, destinations: asset.destinations.map(({ bucket }) => ({ bucket, key })) }
      : asset,
  );
  return editResource(uploaded, stack, DELIVERY, (properties) => {
    properties['SourceKey'] = key;
    for (const file of properties['Files'] as Fields[]) {
      const [from, length] = [Number(file['Offset']), Number(file['Bytes'])];
      file['Sha256'] = hash(bytes.subarray(from, from + length));
    }
  });
}

/** What lies in `dist/k8s`, which the proofs read. */
function kept(): Mutation[] {
  const keys = [ADMISSION, 'tenants/birch/platform/objects.yaml', 'research/speech.yaml'];
  return keys.flatMap((key) => [
    named(
      `dist/k8s: no ${key}`,
      (output) => ({ ...output, objects: output.objects.filter((file) => file.key !== key) }),
      new RegExp(`^open .+ Files: got ${key}, allowed`),
    ),
    named(
      `dist/k8s: another ${key}`,
      (output) => {
        const file = output.objects.find((one) => one.key === key);
        if (file === undefined) throw new Error(`got no file '${key}' to change`);
        return withText(output, file, `${file.text()}---\n`);
      },
      new RegExp(`^open .+ Files: ${key}: got other bytes`),
    ),
    named(
      `dist/k8s: one more beside ${key}`,
      (output) => ({
        ...output,
        objects: output.objects.flatMap((file) =>
          file.key === key ? [file, { ...file, key: file.key.replace('.yaml', '-more.yaml') }] : [file],
        ),
      }),
      /^closed .+ Files: got no .+-more\.yaml, allowed one/,
    ),
  ]);
}

/** What is uploaded as a stack's template. */
function templates(): Mutation[] {
  const isTemplate = /\.template\.json$/;
  return ['production-cluster', 'tenant-acme', 'tenant-birch'].flatMap((stack) => [
    named(
      `${stack}: another file as its template`,
      (output) =>
        editAssets(output, stack, (asset) => (isTemplate.test(asset.path) ? { ...asset, path: 'added.json' } : asset)),
      /^open .+: template: got added\.json for s3:/,
    ),
    named(
      `${stack}: its template from elsewhere`,
      (output) => ({
        ...output,
        stacks: output.stacks.map((one) => (one.id === stack ? { ...one, templateUrl: 's3://added/key.json' } : one)),
      }),
      /^open .+: template: got s3:\/\/added\/key\.json, allowed an object of cdk-/,
    ),
  ]);
}

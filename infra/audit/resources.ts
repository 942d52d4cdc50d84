import * as pulumi from '@pulumi/pulumi';
import { auditNames } from '../../schema/audit-names';
import { compare } from '../../schema/faults';
import type { AuditAccount } from './audit-account';
import { auditProgram } from './program';

/** One resource as the program asks the engine for it. */
export interface AuditResource {
  /** Pulumi's type, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** Name in the program; unique together with the type. */
  readonly name: string;
  /** Policies as documents, not as texts. What the engine fills in reads `${<name>.<output>}`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether the engine refuses to delete or replace it. */
  readonly protect: boolean;
  /** Whether it stays when the engine forgets it. */
  readonly retainOnDelete: boolean;
  /** Names of what must be there before it, besides what its inputs refer to. */
  readonly dependsOn: readonly string[];
}

/** Inputs that are a policy as JSON. */
const POLICIES = ['assumeRolePolicy', 'policy'];

/** Pulumi's runtime is one for the process: a second program would add its resources to the first. */
let last: Promise<unknown> = Promise.resolve();

/** Every resource of an audit account's program, without the engine: sorted, and the same for the same environments. */
export function auditResources(audit: AuditAccount): Promise<AuditResource[]> {
  const resources = last.then(() => collect(audit));
  last = resources.catch(() => undefined);
  return resources;
}

async function collect(audit: AuditAccount): Promise<AuditResource[]> {
  const inputs: { readonly type: string; readonly name: string; readonly inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        inputs.push({ type: args.type, name: args.name, inputs: args.inputs as Record<string, unknown> });
        return { id: reference(args.name, 'id'), state: { ...outputs(args.name), ...(args.inputs as object) } };
      },
      call: ({ token }) => {
        throw new Error(`${token}: got a call of a provider, allowed resources only; derive it from the environment`);
      },
    },
    auditNames.project,
    audit.account,
  );
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const made = new Map<pulumi.Resource, string>();
  try {
    auditProgram(audit, {
      transformations: [
        ({ resource, type, name, opts }) => {
          made.set(resource, name);
          options.set(`${type} ${name}`, opts);
          return undefined;
        },
      ],
    });
  } finally {
    // Waits for every call to the engine, of which each registration is one: also of a program that gave up half-way.
    await pulumi.runtime.disconnect();
  }
  return inputs
    .map(({ type, name, inputs: given }) => {
      const { protect = false, retainOnDelete = false, dependsOn } = options.get(`${type} ${name}`) ?? {};
      return { type, name, inputs: plain(given), protect, retainOnDelete, dependsOn: namesOf(dependsOn, made) };
    })
    .sort((a, b) => compare(a.type, b.type) || compare(a.name, b.name));
}

const reference = (name: string, output: string): string => `\${${name}.${output}}`;
/** Outputs that the program reads of its resources, besides what it gave them. */
const outputs = (name: string): Record<string, string> => ({
  arn: reference(name, 'arn'),
  keyId: reference(name, 'keyId'),
});

function plain(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(inputs).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      POLICIES.includes(key) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}

/** @throws Error where a dependency is nothing that the program has made */
function namesOf(dependsOn: pulumi.CustomResourceOptions['dependsOn'], made: ReadonlyMap<unknown, string>): string[] {
  const all: readonly unknown[] = dependsOn === undefined ? [] : Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  const names = all.map((each) => {
    const name = made.get(each);
    if (name === undefined) throw new Error('dependsOn: got what is no resource, allowed resources only; name one');
    return name;
  });
  return names.sort(compare);
}

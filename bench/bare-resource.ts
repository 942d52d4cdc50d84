import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { App, CfnDeletionPolicy, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnParser } from 'aws-cdk-lib/core/lib/helpers-internal';
import type { Construct } from 'constructs';

/** Constructs one resource in a stack. */
export type BareResource = (scope: Construct) => void;

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: CfnDeletionPolicy;
  readonly UpdateReplacePolicy?: CfnDeletionPolicy;
}
type Props = Record<string, unknown>;
interface L1 {
  new (scope: Construct, id: string, props: Props): CfnResource;
  _fromCloudFormation(scope: Construct, id: string, attributes: unknown, options: unknown): { cfnProperties: Props };
}

const load = createRequire(__filename);
const library = dirname(load.resolve('aws-cdk-lib/package.json'));
const classes = JSON.parse(
  readFileSync(join(library, 'cloudformation-include', 'cfn-types-2-classes.json'), 'utf8'),
) as Record<string, string>;
const scratch = new Stack(new App({ analyticsReporting: false }), 'scratch');
const parser = new CfnParser({
  finder: {
    findResource: () => undefined,
    findRefTarget: () => undefined,
    findCondition: () => undefined,
    findMapping: () => undefined,
  },
  parameters: {},
});
let serial = 0;

/** Loads the modules of these types, as whoever writes L1s by hand does at the head of a file. */
export function loadModules(types: readonly string[]): void {
  for (const type of new Set(types)) moduleOf(type);
}

/** The module of a type's class and the name of the class; undefined where CDK has none. */
function moduleOf(type: string): { exported: Record<string, L1>; name: string } | undefined {
  const location = classes[type];
  if (location === undefined) return undefined;
  const [module = '', name = ''] = location.split(/\.(?=[^.]+$)/);
  return { exported: load(module) as Record<string, L1>, name };
}

/** The typed L1 call that gives this resource of a template; types that CDK has no class for stay generic. */
export function bareResource(id: string, resource: TemplateResource): BareResource {
  const policies = (made: CfnResource): void => {
    if (resource.DeletionPolicy !== undefined) made.cfnOptions.deletionPolicy = resource.DeletionPolicy;
    if (resource.UpdateReplacePolicy !== undefined) {
      made.cfnOptions.updateReplacePolicy = resource.UpdateReplacePolicy;
    }
  };
  const properties = intrinsicsAsTokens(resource.Properties ?? {}) as Props;
  const found = moduleOf(resource.Type);
  if (found === undefined) {
    return (scope) => {
      policies(new CfnResource(scope, id, { type: resource.Type, properties }));
    };
  }
  const Class = found.exported[found.name];
  if (Class === undefined) throw new Error(`${resource.Type}: got no class ${found.name} in aws-cdk-lib`);
  serial += 1;
  const trial = `r${serial}`;
  const props = Class._fromCloudFormation(scratch, trial, { Properties: properties }, { parser }).cfnProperties;
  // Kept, ten thousand constructs off the clock would be what the collector walks through on it.
  scratch.node.tryRemoveChild(trial);
  return (scope) => {
    policies(new Class(scope, id, props));
  };
}

/** A string property takes an intrinsic function as a token only. */
function intrinsicsAsTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(intrinsicsAsTokens);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return Token.asString({ resolve: () => value, creationStack: [] });
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, intrinsicsAsTokens(item)]));
}

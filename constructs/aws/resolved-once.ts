import { CfnResource, type IPostProcessor, type IResolvable, type IResolveContext, type Stack } from 'aws-cdk-lib';
import { resolvedJson } from './resolved-json';

/** What CDK asks a resource for: internal to CDK, and the one place where its three passes can be cut to one. */
interface Synthesizable {
  _toCloudFormation?: () => { readonly Resources?: Readonly<Record<string, unknown>> };
}

/** Hands a value over untouched at the end of a pass, so that the next pass meets it as the token that it is. */
class Deferred implements IResolvable, IPostProcessor {
  readonly creationStack: string[] = [];

  constructor(private readonly value: IResolvable) {}

  resolve(context: IResolveContext): undefined {
    context.registerPostProcessor(this);
    return undefined;
  }

  postProcess(): IResolvable {
    return this.value;
  }
}

/**
 * Has every resource of a stack resolved once. CDK resolves each three times: to look for references to other stacks, to render it,
 * and within the whole template. For a stack that refers to no other and changes no more once aspects have run, the first answer
 * holds; with a thousand tenants the other two were a fifth of the synth. A reference to another stack, which this would hide from
 * CDK, fails the synth in `constructs/guards/templates/references.ts` as one to nothing of its template.
 * docs/decisions/0011-tenant-stacks-are-resolved-once.md
 */
export function resolveOnce(stack: Stack): void {
  for (const construct of stack.node.findAll()) {
    if (!CfnResource.isCfnResource(construct)) continue;
    const resource = construct as Synthesizable;
    const original = resource._toCloudFormation?.bind(construct);
    if (original === undefined) throw new Error(`${construct.node.path}: got no _toCloudFormation, allowed CDK's own`);
    let resources: Record<string, IResolvable> | undefined;
    resource._toCloudFormation = () => {
      if (resources === undefined) {
        const resolved = stack.resolve(original()) as { Resources?: Record<string, object> };
        resources = Object.fromEntries(
          Object.entries(resolved.Resources ?? {}).map(([id, value]) => [id, new Deferred(resolvedJson(value))]),
        );
      }
      return { Resources: resources };
    };
  }
}

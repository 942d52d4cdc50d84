import { type IPostProcessor, type IResolvable, type IResolveContext, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** An intrinsic function of CloudFormation as plain JSON, such as `{ 'Fn::GetAtt': ['Key', 'Arn'] }`. */
export type Intrinsic = Readonly<Record<`Fn::${string}` | 'Ref', unknown>>;

/**
 * JSON without tokens, handed to CDK in one piece. CDK resolves a template three times (for references, for each resource, for
 * the whole), and walks every statement of every policy each time: with a thousand tenants that was a third of the synth. This
 * token has nothing to resolve and puts the finished value in afterwards. A token inside would be written as it stands, and fails
 * the synth in `constructs/guards/templates/literals.ts`.
 */
class ResolvedJson implements IResolvable, IPostProcessor {
  readonly creationStack: string[] = [];

  constructor(private readonly value: object) {}

  resolve(context: IResolveContext): undefined {
    context.registerPostProcessor(this);
    return undefined;
  }

  postProcess(): object {
    return this.value;
  }

  toString(): string {
    throw new Error('ResolvedJson: got a string context, allowed a property that takes JSON; pass the value itself');
  }
}

/** The value as a property of a resource that CDK does not look into. It must hold no token: an attribute comes by `attributeOf`. */
export function resolvedJson(value: object): IResolvable {
  return new ResolvedJson(value);
}

/** An attribute of a resource of the same stack, in the two forms in which properties take it. */
export interface Attribute {
  /** For a property that takes a string. */
  readonly text: string;
  /** For a place inside `resolvedJson`. */
  readonly json: string | Intrinsic;
}

/**
 * Takes CDK's tracking off a reference that stays within its stack: no search for the stacks that need it, at each of its places.
 * CloudFormation reads the order of the resources from the intrinsic itself.
 * @param scope a construct of the stack that has the resource and uses the attribute
 * @param token such as `key.attrArn`
 */
export function attributeOf(scope: Construct, token: string): Attribute {
  const json = Stack.of(scope).resolve(token) as string | Intrinsic;
  return { text: Token.asString(json), json };
}

import { isValues } from '../output/values';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { type Made, namesOf, whereOf } from './names';
import { NotUnderstood } from './not-understood';

/** Resolves what stands in the templates of some stacks, which may speak of each other. */
export class Intrinsics {
  readonly #byName: ReadonlyMap<string, Stack>;
  /** Values of SSM parameters by account, region and name. */
  #parameters: ReadonlyMap<string, Made> | undefined;

  constructor(readonly stacks: readonly Stack[]) {
    this.#byName = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  made(stack: Stack, id: string, resource: TemplateResource): Made {
    const where = whereOf({ stack, id });
    return {
      stack,
      id,
      resource,
      text: (property) => {
        const value = resource.Properties?.[property];
        return value === undefined ? undefined : this.text(stack, `${where}.${property}`, value);
      },
    };
  }

  /**
   * A value with all intrinsics in it resolved.
   * @throws NotUnderstood naming an intrinsic, a resource or a parameter that is not known
   */
  resolve(stack: Stack, where: string, value: unknown): unknown {
    if (typeof value === 'string') return this.#dynamic(stack, where, value);
    if (Array.isArray(value))
      return value.map((one) => this.resolve(stack, where, one)).filter((one) => one !== undefined);
    if (!isValues(value)) return value;
    const [only, ...rest] = Object.entries(value);
    const [name, argument] = only ?? ['', undefined];
    if (rest.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
      return this.#intrinsic(stack, where, name, argument);
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, one]) => [key, this.resolve(stack, `${where}.${key}`, one)] as const)
        .filter(([, one]) => one !== undefined),
    );
  }

  /** @throws NotUnderstood where the value is no text once it is resolved */
  text(stack: Stack, where: string, value: unknown): string {
    const found = this.resolve(stack, where, value);
    if (typeof found === 'string') return found;
    throw new NotUnderstood([`${where}: got ${JSON.stringify(value)}, allowed what resolves to a text`]);
  }

  #intrinsic(stack: Stack, where: string, name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(stack, where, String(argument));
      case 'Fn::GetAtt':
        return this.#attribute(stack, where, argument);
      case 'Fn::Join': {
        const [separator, parts] = this.#list(where, name, argument, 2);
        return this.#texts(stack, where, parts).join(String(separator));
      }
      case 'Fn::Sub':
        return this.#sub(stack, where, argument);
      case 'Fn::Split': {
        const [separator, text] = this.#list(where, name, argument, 2);
        return this.text(stack, where, text).split(String(separator));
      }
      case 'Fn::Select': {
        const [index, from] = this.#list(where, name, argument, 2);
        const found = this.#texts(stack, where, from)[Number(index)];
        if (found === undefined) throw unknown(where, { [name]: argument });
        return found;
      }
      case 'Fn::GetStackOutput':
        return this.#output(where, argument);
      default:
        throw new NotUnderstood([
          `${where}: got the intrinsic ${name}, allowed Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Split, Fn::Select, Fn::GetStackOutput`,
        ]);
    }
  }

  #ref(stack: Stack, where: string, id: string): string | undefined {
    if (id === 'AWS::NoValue') return undefined;
    const pseudo = {
      'AWS::Partition': 'aws',
      'AWS::Region': stack.region,
      'AWS::AccountId': stack.account,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': 'amazonaws.com',
    }[id];
    return pseudo ?? namesOf(this.#resource(stack, where, id)).ref;
  }

  #attribute(stack: Stack, where: string, argument: unknown): string {
    const [id = '', attribute = ''] =
      typeof argument === 'string'
        ? argument.split(/\.(.*)/s)
        : this.#list(where, 'Fn::GetAtt', argument, 2).map(String);
    const made = this.#resource(stack, where, id);
    const found = namesOf(made).attributes[attribute];
    if (found !== undefined) return found;
    throw new NotUnderstood([
      `${where}: got the attribute '${attribute}' of ${made.resource.Type}, allowed one that is known`,
    ]);
  }

  #sub(stack: Stack, where: string, argument: unknown): string {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : this.#list(where, 'Fn::Sub', argument, 2);
    if (typeof text !== 'string' || !isValues(variables)) throw unknown(where, { 'Fn::Sub': argument });
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literally: string, name: string) => {
      if (literally !== '') return `\${${name}}`;
      if (name in variables) return this.text(stack, where, variables[name]);
      return name.includes('.') ? this.#attribute(stack, where, name) : (this.#ref(stack, where, name) ?? '');
    });
  }

  /** An output of another stack, whatever its account. */
  #output(where: string, argument: unknown): unknown {
    const { StackName, OutputName } = isValues(argument) ? argument : {};
    const other = this.#byName.get(String(StackName));
    const output = other?.template().Outputs?.[String(OutputName)];
    if (other === undefined || !isValues(output)) throw unknown(where, { 'Fn::GetStackOutput': argument });
    return this.resolve(other, `${other.name}.Outputs.${String(OutputName)}`, output['Value']);
  }

  /** `{{resolve:ssm:<name>}}` of a parameter that one of the stacks makes. */
  #dynamic(stack: Stack, where: string, value: string): string {
    if (!value.includes('{{resolve:')) return value;
    return value.replace(/\{\{resolve:([^}]*)\}\}/g, (whole, inner: string) => {
      const name = /^ssm:([^:]+)$/.exec(inner)?.[1] ?? '';
      const parameter = this.#ssm().get(`${stack.account} ${stack.region} ${name}`);
      if (parameter === undefined) throw unknown(where, whole);
      return parameter.text('Value') ?? '';
    });
  }

  #ssm(): ReadonlyMap<string, Made> {
    return (this.#parameters ??= new Map(
      this.stacks.flatMap((stack) =>
        Object.entries(stack.template().Resources)
          .filter(([, { Type }]) => Type === 'AWS::SSM::Parameter')
          .map(([id, resource]): [string, Made] => {
            const made = this.made(stack, id, resource);
            return [`${stack.account} ${stack.region} ${namesOf(made).ref}`, made];
          }),
      ),
    ));
  }

  #resource(stack: Stack, where: string, id: string): Made {
    const resource = stack.template().Resources[id];
    if (resource !== undefined) return this.made(stack, id, resource);
    throw new NotUnderstood([`${where}: got a reference to '${id}', allowed a resource of ${stack.name}`]);
  }

  #texts(stack: Stack, where: string, value: unknown): string[] {
    const found = this.resolve(stack, where, value);
    if (Array.isArray(found) && found.every((one) => typeof one === 'string')) return found;
    throw unknown(where, value);
  }

  #list(where: string, name: string, argument: unknown, length: number): unknown[] {
    if (Array.isArray(argument) && argument.length === length) return argument;
    throw unknown(where, { [name]: argument });
  }
}

const unknown = (where: string, got: unknown): NotUnderstood =>
  new NotUnderstood([`${where}: got ${JSON.stringify(got)}, allowed what the stacks that were read say`]);

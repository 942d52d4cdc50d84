import { policiesOf, type PolicyAt } from './policies';
import { type CfnTemplate, type CfnTemplateResource, type Json } from './template';

/** Something found at a place of a resource: `<logicalId>: <path>`. */
export interface Finding {
  readonly place: string;
  readonly text: string;
}

export interface CarriedPolicy {
  readonly id: string;
  readonly resource: CfnTemplateResource;
  readonly policy: PolicyAt;
}

/** What one walk over a template finds; the rules read this instead of walking again. */
export interface Scan {
  readonly template: CfnTemplate;
  readonly resources: readonly (readonly [logicalId: string, resource: CfnTemplateResource])[];
  /** Logical ids that a resource needs, by Ref, GetAtt, Sub or DependsOn. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every policy document, with the resource that carries it. */
  readonly policies: readonly CarriedPolicy[];
  readonly dangling: readonly Finding[];
  readonly tokens: readonly Finding[];
  readonly imports: readonly Finding[];
  readonly secrets: readonly Finding[];
  /** Characters of all keys and values, a lower bound of the template's size. */
  readonly characters: number;
}

const SECRET_KEY = /(password|secretstring|secretaccesskey|privatekey|authtoken|oauthtoken|accesstoken|apikey)$/i;
const SECRET_TEXT = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Keys repeat from template to template, so each is judged once. */
const secretKeys = new Map<string, boolean>();
function isSecretKey(key: string): boolean {
  let known = secretKeys.get(key);
  if (known === undefined) secretKeys.set(key, (known = SECRET_KEY.test(key)));
  return known;
}

class Walk {
  readonly needs = new Map<string, Set<string>>();
  readonly dangling: Finding[] = [];
  readonly tokens: Finding[] = [];
  readonly imports: Finding[] = [];
  readonly secrets: Finding[] = [];
  characters = 0;
  private readonly path: (string | number)[] = [];
  private owner: Set<string> | undefined;

  constructor(private readonly template: CfnTemplate) {}

  resource(id: string, resource: CfnTemplateResource): void {
    this.owner = new Set();
    this.needs.set(id, this.owner);
    this.path.push(`${id}:`);
    const { DependsOn: dependsOn } = resource;
    for (const target of typeof dependsOn === 'string' ? [dependsOn] : (dependsOn ?? [])) this.need(target);
    this.visit(resource.Properties, 'Properties');
    this.owner = undefined;
    this.visit(resource.Metadata, 'Metadata');
    this.path.pop();
  }

  section(name: string): void {
    this.owner = undefined;
    this.visit(this.template[name], name);
  }

  private visit(value: unknown, key: string | number): void {
    if (typeof value === 'string') {
      this.string(value, key);
    } else if (typeof value === 'number') {
      // A number token of the CDK is a huge negative one.
      if (value < -1e288) this.tokens.push({ place: this.place(key), text: String(value) });
      this.characters += 8;
    } else if (Array.isArray(value)) {
      this.path.push(key);
      for (let i = 0; i < value.length; i++) this.visit(value[i], i);
      this.path.pop();
    } else if (typeof value === 'object' && value !== null) {
      this.path.push(key);
      for (const name in value) {
        const inner = (value as Json)[name];
        this.characters += name.length + 4;
        if (name === 'Ref') this.need(inner);
        else if (name.startsWith('Fn::')) this.intrinsic(name, inner);
        this.visit(inner, name);
      }
      this.path.pop();
    }
  }

  private string(value: string, key: string | number): void {
    this.characters += value.length + 4;
    if (value.length > 8 && value.includes('{Token[')) this.tokens.push({ place: this.place(key), text: `'${value}'` });
    if (value.length > 19 && SECRET_TEXT.test(value)) {
      this.secrets.push({ place: this.place(key), text: 'a credential in plain text' });
    } else if (typeof key === 'string' && value !== '' && isSecretKey(key) && !value.startsWith('{{resolve:')) {
      this.secrets.push({ place: this.place(key), text: 'a literal value' });
    }
  }

  private intrinsic(name: string, value: unknown): void {
    if (name === 'Fn::GetAtt') {
      const target: unknown = Array.isArray(value) ? value[0] : value;
      this.need(typeof target === 'string' && !Array.isArray(value) ? target.split('.')[0] : target);
    } else if (name === 'Fn::ImportValue') {
      this.imports.push({ place: this.place(name), text: JSON.stringify(value) });
    } else if (name === 'Fn::Sub') {
      const [text, variables]: readonly unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
      for (const match of typeof text === 'string' ? text.matchAll(/\$\{([^!}][^}]*)\}/g) : []) {
        const target = match[1]?.split('.')[0]?.trim();
        if (target !== undefined && (variables as Json | undefined)?.[target] === undefined) this.need(target);
      }
    }
  }

  private need(target: unknown): void {
    if (typeof target !== 'string' || target.startsWith('AWS::')) return;
    if (this.template.Resources?.[target] !== undefined) this.owner?.add(target);
    else if (this.template.Parameters?.[target] === undefined) {
      this.dangling.push({ place: this.path.length > 0 ? this.place() : target, text: target });
    }
  }

  private place(key?: string | number): string {
    const [first, ...rest] = key === undefined ? this.path : [...this.path, key];
    const separator = typeof first === 'string' && first.endsWith(':') ? ' ' : '.';
    return rest.length === 0 ? String(first).replace(/:$/, '') : `${String(first)}${separator}${rest.join('.')}`;
  }
}

/** Walks a template once and gathers what the rules ask for. */
export function scanTemplate(template: CfnTemplate): Scan {
  const walk = new Walk(template);
  const resources = Object.entries(template.Resources ?? {});
  const policies: CarriedPolicy[] = [];
  for (const [id, resource] of resources) {
    walk.resource(id, resource);
    for (const policy of policiesOf(resource)) policies.push({ id, resource, policy });
  }
  for (const name of ['Outputs', 'Conditions', 'Mappings', 'Parameters', 'Metadata']) walk.section(name);
  const { needs, dangling, tokens, imports, secrets, characters } = walk;
  return { template, resources, needs, policies, dangling, tokens, imports, secrets, characters };
}

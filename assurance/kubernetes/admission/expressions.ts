import { type ASTNode, Environment } from '@marcbachmann/cel-js';

/** The dialect in which policies are judged and read. */
export const CEL = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
});

/** What an expression goes by. */
export interface Reading {
  /** Values that it reads, as paths: `object.spec.containers[].image`, `object.metadata.labels[a/key]`. */
  readonly paths: ReadonlySet<string>;
  /** What it goes through to get there or asks the presence of: `object.spec.containers`. */
  readonly steps: ReadonlySet<string>;
  /** Constants after what is done with them: `== Job`, `startsWith node.kubernetes.io/`, `in default`. */
  readonly literals: ReadonlySet<string>;
}

type Scope = Readonly<Record<string, string>>;

/** Macros that give each member of a list, or each key of a map, a name. */
const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Walks the syntax tree, so that a constant is found however it is quoted, escaped or put together. */
class Walk implements Reading {
  readonly paths = new Set<string>();
  readonly steps = new Set<string>();
  readonly literals = new Set<string>();

  /** The path of a node that is one: names, fields, keys. */
  private path(node: ASTNode, scope: Scope): string | undefined {
    switch (node.op) {
      case 'id':
        return scope[node.args] ?? node.args;
      case '.':
      case '.?': {
        const of = this.path(node.args[0], scope);
        return of === undefined ? undefined : `${of}.${node.args[1]}`;
      }
      case '[]':
      case '[?]': {
        const [map, key] = node.args;
        const of = this.path(map, scope);
        if (of === undefined) return undefined;
        if (key.op === 'value') {
          this.literals.add(`[] ${String(key.args)}`);
          return `${of}[${String(key.args)}]`;
        }
        this.walk(key, '[]', scope);
        return `${of}[]`;
      }
      default:
        return undefined;
    }
  }

  /** @param by what is done with the node's value */
  walk(node: ASTNode, by: string, scope: Scope): void {
    const path = this.path(node, scope);
    if (path !== undefined) {
      this.paths.add(path);
      return;
    }
    switch (node.op) {
      case 'value':
        this.literals.add(`${by} ${isLeaf(node.args) ? String(node.args) : JSON.stringify(node.args)}`);
        return;
      case 'list':
        for (const each of node.args) this.walk(each, by, scope);
        return;
      case 'map':
        for (const [key, value] of node.args) {
          this.walk(key, 'key', scope);
          this.walk(value, 'value', scope);
        }
        return;
      case 'in': {
        const [member, of] = node.args;
        const map = this.path(of, scope);
        if (member.op === 'value' && map !== undefined) {
          this.literals.add(`[] ${String(member.args)}`);
          this.steps.add(`${map}[${String(member.args)}]`);
        } else {
          this.walk(member, 'in', scope);
          this.walk(of, 'in', scope);
        }
        return;
      }
      case 'call':
        this.call(node.args[0], node.args[1], scope);
        return;
      case 'rcall':
        this.method(node.args, scope);
        return;
      case '!_':
      case '-_':
        this.walk(node.args, node.op, scope);
        return;
      case '.':
      case '.?':
        // A field of what an expression gives, not of a name.
        this.walk(node.args[0], '.', scope);
        this.steps.add(`().${node.args[1]}`);
        return;
      default:
        for (const each of node.args as readonly ASTNode[]) this.walk(each, node.op, scope);
    }
  }

  private call(name: string, args: readonly ASTNode[], scope: Scope): void {
    const [asked] = args;
    const path = name === 'has' && asked !== undefined ? this.path(asked, scope) : undefined;
    if (path !== undefined) this.steps.add(path);
    else for (const each of args) this.walk(each, name, scope);
  }

  private method([name, of, args]: readonly [string, ASTNode, ASTNode[]], scope: Scope): void {
    const [named] = args;
    const path = this.path(of, scope);
    if (MACROS.includes(name) && named?.op === 'id') {
      if (path === undefined) this.walk(of, name, scope);
      else this.steps.add(path);
      const members = path ?? this.filtered(of, scope);
      const inner = { ...scope, [named.args]: `${members ?? '()'}[]` };
      for (const each of args.slice(1)) this.walk(each, name, inner);
      return;
    }
    if (name === 'size' && path !== undefined) this.steps.add(path);
    else this.walk(of, name, scope);
    for (const each of args) this.walk(each, name, scope);
  }

  /** The list whose members are left after a filter. */
  private filtered(node: ASTNode, scope: Scope): string | undefined {
    return node.op === 'rcall' && node.args[0] === 'filter' ? this.path(node.args[1], scope) : undefined;
  }
}

/**
 * What expressions go by, all together.
 * @throws Error on one that does not parse
 */
export function readingOf(expressions: readonly string[]): Reading {
  const walk = new Walk();
  for (const each of expressions) walk.walk(CEL.parse(each).ast, 'is', {});
  return walk;
}

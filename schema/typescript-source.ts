import { createRequire } from 'node:module';
import type ts from 'typescript';
import type { Path } from './faults';

type Compiler = typeof ts;

/** A TypeScript module, in which the parts of its default export are found. */
export interface TypeScriptSource {
  /**
   * Line of the property or item at the path, or of the nearest thing around it that is written in this file; 1 where the file has
   * no default export. Where the path leads through a constant or a spread of the same file, the line there.
   */
  lineOf(path: Path): number;
}

/** Reads a module by TypeScript's own parser; an environment without a fault asks for no line and loads no parser (0.3 s). */
export function readTypeScript(text: string): TypeScriptSource {
  let lines: ModuleLines | undefined;
  return { lineOf: (path) => (lines ??= new ModuleLines(text)).lineOf(path) };
}

/** What stands at a part of a path. */
interface Place {
  /** The property or item itself, whose line counts. */
  readonly node: ts.Node;
  /** Its value; undefined where it is none that can be looked into, such as a method. */
  readonly value: ts.Expression | undefined;
}

class ModuleLines {
  private readonly ts: Compiler = createRequire(__filename)('typescript') as Compiler;
  private readonly file: ts.SourceFile;
  private readonly constants: ReadonlyMap<string, ts.Expression>;

  constructor(text: string) {
    this.file = this.ts.createSourceFile('index.ts', text, this.ts.ScriptTarget.Latest);
    this.constants = new Map(this.file.statements.flatMap((statement) => this.constantsOf(statement)));
  }

  lineOf(path: Path): number {
    let place = this.defaultExport();
    if (place === undefined) return 1;
    for (const part of path) {
      const next = this.within(place, part);
      if (next.found === undefined) return this.line(next.around);
      place = next.found;
    }
    return this.line(place.node);
  }

  private line(node: ts.Node): number {
    return this.file.getLineAndCharacterOfPosition(node.getStart(this.file)).line + 1;
  }

  private constantsOf(statement: ts.Statement): [string, ts.Expression][] {
    if (!this.ts.isVariableStatement(statement)) return [];
    const { declarationList } = statement;
    // What a `let` holds in the end is not written where it is declared.
    if ((declarationList.flags & this.ts.NodeFlags.Const) === 0) return [];
    return declarationList.declarations.flatMap(({ name, initializer }): [string, ts.Expression][] =>
      this.ts.isIdentifier(name) && initializer !== undefined ? [[name.text, initializer]] : [],
    );
  }

  /** `export default …` or `export { … as default }`. */
  private defaultExport(): Place | undefined {
    for (const statement of this.file.statements) {
      if (this.ts.isExportAssignment(statement)) return { node: statement, value: statement.expression };
      if (!this.ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
      if (!this.ts.isNamedExports(statement.exportClause)) continue;
      const named = statement.exportClause.elements.find(({ name }) => name.text === 'default');
      if (named !== undefined) return { node: named, value: named.propertyName ?? named.name };
    }
    return undefined;
  }

  /** One step of a path: what was found, or else the nearest thing around it. */
  private within(place: Place, part: string | number): { found: Place | undefined; around: ts.Node } {
    const { node, value } = place;
    if (value === undefined) return { found: undefined, around: node };
    const held = this.resolved(value);
    const found = typeof part === 'number' ? this.items(held)[part] : this.property(held, part);
    const elsewhere = held.pos < value.pos || held.end > value.end;
    return { found, around: elsewhere ? held : node };
  }

  /** The expression itself, behind parentheses, `as`, `satisfies` and the names of constants of this file. */
  private resolved(expression: ts.Expression): ts.Expression {
    const { ts } = this;
    const seen = new Set<string>();
    let at = expression;
    for (;;) {
      if (
        ts.isParenthesizedExpression(at) ||
        ts.isAsExpression(at) ||
        ts.isSatisfiesExpression(at) ||
        ts.isTypeAssertionExpression(at) ||
        ts.isNonNullExpression(at)
      )
        at = at.expression;
      else if (ts.isIdentifier(at) && !seen.has(at.text)) {
        seen.add(at.text);
        at = this.constants.get(at.text) ?? at;
      } else return at;
    }
  }

  private property(held: ts.Node, key: string, seen: ReadonlySet<ts.Node> = new Set()): Place | undefined {
    if (!this.ts.isObjectLiteralExpression(held) || seen.has(held)) return undefined;
    // The last of two counts, at run time too.
    for (const entry of held.properties.toReversed()) {
      if (this.ts.isSpreadAssignment(entry)) {
        const spread = this.property(this.resolved(entry.expression), key, new Set([...seen, held]));
        if (spread !== undefined) return spread;
      } else if (this.nameOf(entry.name) === key) return { node: entry, value: this.valueOf(entry) };
    }
    return undefined;
  }

  private nameOf(name: ts.PropertyName): string | undefined {
    const { ts } = this;
    if (ts.isComputedPropertyName(name))
      return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
    return name.text;
  }

  private valueOf(entry: ts.ObjectLiteralElementLike): ts.Expression | undefined {
    if (this.ts.isPropertyAssignment(entry)) return entry.initializer;
    return this.ts.isShorthandPropertyAssignment(entry) ? entry.name : undefined;
  }

  /** The items of a list, those of its spreads among them; none behind a spread whose length is not written here. */
  private items(held: ts.Node, seen: ReadonlySet<ts.Node> = new Set()): Place[] {
    if (!this.ts.isArrayLiteralExpression(held)) return [];
    const items: Place[] = [];
    for (const element of held.elements) {
      if (!this.ts.isSpreadElement(element)) {
        items.push({ node: element, value: element });
        continue;
      }
      const spread = this.resolved(element.expression);
      if (!this.ts.isArrayLiteralExpression(spread) || seen.has(spread)) break;
      items.push(...this.items(spread, new Set([...seen, held])));
    }
    return items;
  }
}

import { dirname } from 'node:path';
import ts from 'typescript';
import { bindings } from './bindings';
import type { Constants } from './constants';

/** A function that loads modules. */
export interface Loader {
  /** Folder from which it resolves relative names. @default - not known */
  readonly folder?: string;
}

const MODULE = ['module', 'node:module'];
/** What else a loader is asked for that loads nothing. */
const HARMLESS = ['main', 'cache', 'extensions'];

/** Tells which expressions of a file are `require`, by whatever name. */
export class Loaders {
  private readonly made: ReadonlyMap<string, string>;

  constructor(
    source: ts.SourceFile,
    private readonly file: string,
    private readonly constants: Constants,
  ) {
    this.made = bindings(source, MODULE);
  }

  /** The loader that an expression is. */
  of(node: ts.Expression): Loader | undefined {
    const inner = ts.isParenthesizedExpression(node) || ts.isAsExpression(node) ? node.expression : node;
    if (inner !== node) return this.of(inner);
    if (ts.isCallExpression(node)) return this.isMaker(node.expression) ? this.madeFor(node.arguments[0]) : undefined;
    if (ts.isPropertyAccessExpression(node)) return node.name.text === 'require' ? this.own() : undefined;
    if (!ts.isIdentifier(node)) return undefined;
    const initializer = this.constants.initializer(node.text);
    if (initializer !== undefined && initializer !== node) return this.of(initializer);
    return node.text === 'require' ? this.own() : undefined;
  }

  /** Whether a name that is a loader, or makes one, is handed on to where nobody can follow it. */
  isHandedOn(node: ts.Identifier): boolean {
    if (!isValue(node)) return false;
    const isMaker = this.isMaker(node);
    if (!isMaker && this.of(node) === undefined) return false;
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression === node) return false;
    if (isMaker) return true;
    if (ts.isVariableDeclaration(parent)) return !ts.isIdentifier(parent.name);
    return !(ts.isPropertyAccessExpression(parent) && [...HARMLESS, 'resolve'].includes(parent.name.text));
  }

  private own(): Loader {
    return { folder: dirname(this.file) };
  }

  private isMaker(node: ts.Expression): boolean {
    if (ts.isIdentifier(node)) return this.made.get(node.text) === 'createRequire';
    return ts.isPropertyAccessExpression(node) && node.name.text === 'createRequire';
  }

  private madeFor(argument: ts.Expression | undefined): Loader {
    const base = this.constants.known(argument);
    if (base?.whole !== true) return {};
    return { folder: base.text.endsWith('/') ? base.text : dirname(base.text) };
  }
}

/** Whether a name stands for its value: not one that is declared, imported, a property's, or a type's. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeNode(parent) || ts.isImportClause(parent)) return false;
  const { name, propertyName } = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  return name !== node && propertyName !== node;
}

import ts from 'typescript';

/** What a local name stands for: an export of a module, or `*` for the module itself. */
export type Bindings = ReadonlyMap<string, string>;

/** The local names that a file gives to exports of these modules, by `import` or by `require`. */
export function bindings(source: ts.SourceFile, modules: readonly string[]): Bindings {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && isOneOf(node.moduleSpecifier, modules)) ofClause(node.importClause, found);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      if (isOneOf(node.moduleReference.expression, modules)) found.set(node.name.text, '*');
    } else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isModule(node.initializer, modules))
      ofPattern(node.name, found);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether an expression is the module itself, asked for where it is used: `require('node:path')`, `await import('node:path')`. */
export function isModule(node: ts.Expression, modules: readonly string[]): boolean {
  const inner = ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) ? node.expression : node;
  if (inner !== node) return isModule(inner, modules);
  return ts.isCallExpression(node) && node.arguments.length > 0 && isOneOf(node.arguments[0], modules);
}

const isOneOf = (node: ts.Node | undefined, modules: readonly string[]): boolean =>
  node !== undefined && ts.isStringLiteralLike(node) && modules.includes(node.text);

function ofClause(clause: ts.ImportClause | undefined, found: Map<string, string>): void {
  if (clause?.name !== undefined) found.set(clause.name.text, '*');
  const named = clause?.namedBindings;
  if (named === undefined) return;
  if (ts.isNamespaceImport(named)) found.set(named.name.text, '*');
  else
    for (const { name, propertyName } of named.elements) {
      const from = (propertyName ?? name).text;
      found.set(name.text, from === 'default' ? '*' : from);
    }
}

function ofPattern(name: ts.BindingName, found: Map<string, string>): void {
  if (ts.isIdentifier(name)) found.set(name.text, '*');
  else if (ts.isObjectBindingPattern(name))
    for (const { name: local, propertyName } of name.elements) {
      if (!ts.isIdentifier(local)) continue;
      found.set(
        local.text,
        propertyName !== undefined && ts.isIdentifier(propertyName) ? propertyName.text : local.text,
      );
    }
}

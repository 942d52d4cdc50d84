import { isBuiltin } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { Constants } from './constants';
import { type Loader, Loaders } from './loaders';

/**
 * One thing outside of itself that a file names: a `module` of the checkout that it loads or takes types from, a `package`, a `path`
 * in the checkout, or a module whose name is `computed`. Files are named from the root of the checkout, as they were written:
 * with or without an extension.
 */
export interface Reference {
  readonly kind: 'module' | 'package' | 'path' | 'computed';
  readonly target: string;
}

/** @param file path from `root` @param root absolute path of the checkout */
export function references(file: string, text: string, root: string): Reference[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, scriptKind(file));
  const absolute = resolve(root, file);
  const constants = new Constants(source, absolute, root);
  const loaders = new Loaders(source, absolute, constants);
  const found: Reference[] = [];

  const module = (name: ts.Node | undefined, loader: Loader = { folder: dirname(absolute) }): void => {
    const known = constants.known(name);
    if (known?.whole !== true || (known.text.startsWith('.') && loader.folder === undefined))
      found.push({ kind: 'computed', target: name?.getText() ?? '' });
    else found.push(named(known.text, loader.folder ?? root, root));
  };
  const call = (node: ts.CallExpression): void => {
    const { expression: callee, arguments: given } = node;
    const method = ts.isPropertyAccessExpression(callee) ? callee : undefined;
    if (callee.kind === ts.SyntaxKind.ImportKeyword || isLoadedByJest(callee) || isMetaResolve(callee))
      module(given[0]);
    else if (loaders.of(callee) !== undefined) module(given[0], loaders.of(callee));
    else if (method?.name.text === 'resolve' && loaders.of(method.expression) !== undefined)
      module(given[0], loaders.of(method.expression));
  };
  const visit = (node: ts.Node, isInPath: boolean): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) module(specifier);
    if (ts.isCallExpression(node)) call(node);
    if (ts.isIdentifier(node) && loaders.isHandedOn(node)) found.push({ kind: 'computed', target: node.text });
    const path = isInPath || !ts.isExpression(node) || ts.isIdentifier(node) ? undefined : constants.known(node);
    if (path?.isPlace === true) found.push({ kind: 'path', target: below(root, path.text) });
    for (const child of [...commentsOf(node), ...childrenOf(node)]) visit(child, isInPath || path?.isPlace === true);
  };
  visit(source, false);
  for (const { fileName } of source.referencedFiles)
    found.push({ kind: 'module', target: below(root, resolve(dirname(absolute), fileName)) });
  for (const { fileName } of source.typeReferenceDirectives) found.push(named(fileName, dirname(absolute), root));
  return found;
}

/** What a written name of a module means, seen from a folder. */
function named(name: string, folder: string, root: string): Reference {
  if (name.startsWith('.') || name.startsWith('/'))
    return { kind: 'module', target: below(root, resolve(folder, name)) };
  if (isBuiltin(name)) return { kind: 'package', target: name.startsWith('node:') ? name : `node:${name}` };
  return {
    kind: 'package',
    target: name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  };
}

const below = (root: string, path: string): string => relative(root, path).split(sep).join('/');

/** The name of a module that a declaration or a type carries. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isJSDocImportTag(node)) return node.moduleSpecifier;
  return ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name) ? node.name : undefined;
}

const isMetaResolve = (node: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(node) && ts.isMetaProperty(node.expression) && node.name.text === 'resolve';

/** `jest.mock('…')`, `jest.requireActual('…')` and their like. */
const isLoadedByJest = (node: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.expression.getText() === 'jest' &&
  /mock$|^require|^createMockFromModule$|Module$/i.test(node.name.text);

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** In JavaScript, types are written in comments. */
const commentsOf = (node: ts.Node): ts.Node[] =>
  ts.getJSDocCommentsAndTags(node).filter((each) => ts.isJSDoc(each) && each.parent === node);

function scriptKind(file: string): ts.ScriptKind {
  if (/\.[cm]?ts$/.test(file)) return ts.ScriptKind.TS;
  return file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}

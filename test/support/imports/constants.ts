import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { bindings, isModule } from './bindings';
import { concatenated, type Known, place } from './known';

const PATHS = ['path', 'node:path', 'path/posix', 'node:path/posix'];
const URLS = ['url', 'node:url'];
const META: Readonly<Record<string, 'file' | 'folder'>> = { dirname: 'folder', filename: 'file', url: 'file' };

/** Evaluates texts of one file as far as literals, its constants, its own place and path functions tell. */
export class Constants {
  private readonly paths: ReadonlyMap<string, string>;
  private readonly urls: ReadonlyMap<string, string>;
  private readonly initializers = new Map<string, ts.Expression | undefined>();
  private readonly open = new Set<ts.Node>();

  /** @param file its absolute path @param root the checkout */
  constructor(
    source: ts.SourceFile,
    private readonly file: string,
    private readonly root: string,
  ) {
    this.paths = bindings(source, PATHS);
    this.urls = bindings(source, URLS);
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
        this.initializers.set(node.name.text, this.initializers.has(node.name.text) ? undefined : node.initializer);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  /** What the one declaration of a name gives it; two of the same name tell nothing. */
  initializer(name: string): ts.Expression | undefined {
    return this.initializers.get(name);
  }

  known(node: ts.Node | undefined): Known | undefined {
    if (node === undefined || this.open.has(node)) return undefined;
    this.open.add(node);
    try {
      return this.evaluated(node);
    } finally {
      this.open.delete(node);
    }
  }

  private evaluated(node: ts.Node): Known | undefined {
    if (ts.isStringLiteralLike(node)) return this.literal(node.text);
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.flatMap((span) => [
        this.known(span.expression),
        this.literal(span.literal.text),
      ]);
      return concatenated([this.literal(node.head.text), ...spans]);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return concatenated([this.known(node.left), this.known(node.right)]);
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node)
    )
      return this.known(node.expression);
    if (ts.isIdentifier(node)) return this.named(node.text);
    if (ts.isPropertyAccessExpression(node)) return this.property(node);
    if (ts.isNewExpression(node)) return this.url(node);
    return ts.isCallExpression(node) ? this.called(node) : undefined;
  }

  private literal(text: string): Known {
    const path = text.startsWith('file:///') ? fileURLToPath(text) : text;
    return { text: path, whole: true, isPlace: path === this.root || path.startsWith(`${this.root}/`) };
  }

  private named(name: string): Known | undefined {
    if (name === '__filename') return place(this.file);
    if (name === '__dirname') return place(dirname(this.file));
    return this.known(this.initializer(name));
  }

  private property({ expression, name }: ts.PropertyAccessExpression): Known | undefined {
    const meta = ts.isMetaProperty(expression) ? META[name.text] : undefined;
    if (meta !== undefined) return place(meta === 'file' ? this.file : dirname(this.file));
    return name.text === 'href' || name.text === 'pathname' ? this.known(expression) : undefined;
  }

  /** `new URL('../x', import.meta.url)` */
  private url({ expression, arguments: given }: ts.NewExpression): Known | undefined {
    if (!ts.isIdentifier(expression) || expression.text !== 'URL') return undefined;
    const [path, base] = [this.known(given?.[0]), this.known(given?.[1])];
    if (path === undefined || base === undefined) return path;
    return { ...path, text: resolve(base.text, '..', path.text), isPlace: base.isPlace };
  }

  private called(node: ts.CallExpression): Known | undefined {
    if (node.expression.getText() === 'process.cwd') return place(this.root);
    const name = this.functionName(node.expression);
    if (name === 'fileURLToPath' || name === 'pathToFileURL' || name === 'normalize')
      return this.known(node.arguments[0]);
    if (name === 'dirname') {
      const of = this.known(node.arguments[0]);
      return of === undefined ? undefined : { ...of, text: of.whole ? dirname(of.text) : of.text };
    }
    if (name !== 'join' && name !== 'resolve') return undefined;
    const given = node.arguments.map((each) => this.known(each));
    const unknown = given.findIndex((each) => each?.whole !== true);
    const parts = (unknown < 0 ? given : given.slice(0, unknown + 1)).flatMap((each) => each ?? []);
    if (parts.length === 0) return undefined;
    const texts = parts.map((part) => part.text);
    const text = name === 'join' ? join(...texts) : resolve(this.root, ...texts);
    return { text, whole: unknown < 0, isPlace: name === 'resolve' || parts.some((part) => part.isPlace) };
  }

  /** The name of the function of `node:path` or `node:url` that an expression is. */
  private functionName(node: ts.Expression): string | undefined {
    if (ts.isIdentifier(node)) return this.paths.get(node.text) ?? this.urls.get(node.text);
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const of = node.expression;
    const isTheModule =
      isModule(of, [...PATHS, ...URLS]) ||
      (ts.isIdentifier(of) && ['*', 'posix'].includes(this.paths.get(of.text) ?? this.urls.get(of.text) ?? '')) ||
      this.functionName(of) === 'posix';
    return isTheModule ? node.name.text : undefined;
  }
}

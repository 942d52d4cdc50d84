import type { Intrinsics } from '../iam/intrinsics';
import type { Stack } from '../output/cloud-assembly';
import { aroundOf, memberOf, piecesOf } from '../output/template-pieces';
import { PLACEHOLDER } from './mentions';
import { relevantAround, relevantOf, saidBy } from './said';

/** What may say of one tenant what it does not say of another, though it is the same text. */
const ELSEWHERE = /Fn::GetStackOutput|Fn::ImportValue|\{\{resolve:/;

/** What tenants' own stacks say, as texts that are the same where two say the same up to the tenant's id. */
export class OwnTexts {
  /** By pieces of templates with ids replaced, each of which is read once; undefined for what is no whole piece. */
  readonly #known = new Map<string, string | undefined>();

  constructor(readonly intrinsics: Intrinsics) {}

  /** @throws UnreadableOutput */
  of(stack: Stack, id: string): string {
    const text = this.#byPieces(stack, id) ?? wholly(stack).replaceAll(id, PLACEHOLDER);
    const found = ELSEWHERE.test(text) ? JSON.stringify(saidBy([stack], this.intrinsics)) : '';
    return [stack.account, stack.region, text, found.replaceAll(id, PLACEHOLDER)].join('\u0000');
  }

  /** The same text, without parsing what was parsed of another tenant; undefined where the template is not written as the CDK writes it. */
  #byPieces(stack: Stack, id: string): string | undefined {
    const pieces = piecesOf(stack.text());
    if (pieces === undefined) return undefined;
    const said = [
      this.#said(pieces.around, id, (text) => {
        const sections = aroundOf(text);
        return sections && relevantAround(sections);
      }),
      ...pieces.members.map((piece) =>
        this.#said(piece, id, (text) => {
          const member = memberOf(text);
          return member && relevantOf(...member);
        }),
      ),
    ];
    return said.includes(undefined) ? undefined : said.join('');
  }

  #said(piece: string, id: string, read: (text: string) => string | undefined): string | undefined {
    const key = piece.replaceAll(id, PLACEHOLDER);
    if (!this.#known.has(key)) this.#known.set(key, read(piece)?.replaceAll(id, PLACEHOLDER));
    return this.#known.get(key);
  }
}

function wholly(stack: Stack): string {
  const { Resources, ...sections } = stack.template();
  return (
    relevantAround(sections) +
    Object.entries(Resources)
      .map((each) => relevantOf(...each))
      .join('')
  );
}

import type { Intrinsics } from '../iam/intrinsics';
import type { Stack } from '../output/cloud-assembly';
import { aroundOf, memberOf, piecesOf } from '../output/template-pieces';
import { PLACEHOLDER } from './mentions';
import { relevantAround, relevantOf, saidBy } from './said';

/** What may say of one tenant what it does not say of another, though it is the same text. */
const ELSEWHERE = /Fn::GetStackOutput|Fn::ImportValue|\{\{resolve:/;

/** What tenants' own stacks say, as keys that are the same where two say the same up to the tenant's id. */
export class OwnTexts {
  /** By pieces of templates with ids replaced, each of which is read once; undefined for what is no whole piece. */
  readonly #known = new Map<string, Piece | undefined>();
  /** Of texts: the same text has the same number. */
  readonly #numbers = new Map<string, number>();

  constructor(readonly intrinsics: Intrinsics) {}

  /** @throws UnreadableOutput */
  of(stack: Stack, id: string): string {
    const pieces =
      this.#byPieces(stack, id) ?? wholly(stack).map((text) => this.#pieceOf(text.replaceAll(id, PLACEHOLDER)));
    const nothing = this.#pieceOf('').number;
    const numbers = pieces.flatMap(({ number }) => (number === nothing ? [] : [number])).join(' ');
    const found = pieces.some(({ isElsewhere }) => isElsewhere) ? JSON.stringify(saidBy([stack], this.intrinsics)) : '';
    return [stack.account, stack.region, numbers, found.replaceAll(id, PLACEHOLDER)].join('\u0000');
  }

  /** The same, without parsing what was parsed of another tenant; undefined where the template is not written as the CDK writes it. */
  #byPieces(stack: Stack, id: string): readonly Piece[] | undefined {
    const pieces = piecesOf(stack.text());
    if (pieces === undefined) return undefined;
    const around = this.#said(pieces.around, id, (text) => {
      const sections = aroundOf(text);
      return sections && relevantAround(sections);
    });
    const members = pieces.members.map((piece) =>
      this.#said(piece, id, (text) => {
        const member = memberOf(text);
        return member && relevantOf(...member);
      }),
    );
    const whole = [around, ...members].filter((one) => one !== undefined);
    return whole.length > members.length ? whole : undefined;
  }

  #said(text: string, id: string, read: (text: string) => string | undefined): Piece | undefined {
    const own = text.replaceAll(id, PLACEHOLDER);
    if (!this.#known.has(own)) {
      const said = read(text)?.replaceAll(id, PLACEHOLDER);
      this.#known.set(own, said === undefined ? undefined : this.#pieceOf(said));
    }
    return this.#known.get(own);
  }

  #pieceOf(text: string): Piece {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return { number, isElsewhere: ELSEWHERE.test(text) };
  }
}

/** What a piece of a template says that matters, without the tenant's id. */
interface Piece {
  /** No two that say different things have the same. */
  readonly number: number;
  readonly isElsewhere: boolean;
}

function wholly(stack: Stack): string[] {
  const { Resources, ...sections } = stack.template();
  return [relevantAround(sections), ...Object.entries(Resources).map((each) => relevantOf(...each))];
}

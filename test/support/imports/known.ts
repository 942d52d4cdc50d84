/** What constants tell of a text: all of it where it is `whole`, or else the folder that it begins with. */
export interface Known {
  readonly text: string;
  readonly whole: boolean;
  /** Made from the place of the file or of the checkout, so that it is a path. */
  readonly isPlace: boolean;
}

/** A path that is known whole. */
export const place = (text: string): Known => ({ text, whole: true, isPlace: true });

/** Up to the first part that is not known: what follows it may end the last name or climb out of it. */
export function concatenated(parts: readonly (Known | undefined)[]): Known | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  let text = '';
  for (const part of parts) {
    if (part?.whole !== true) {
      const begins = text + (part?.text ?? '');
      return { text: begins.slice(0, begins.lastIndexOf('/') + 1), whole: false, isPlace: isPlaceOf(parts) };
    }
    text += part.text;
  }
  return { text, whole: true, isPlace: isPlaceOf(parts) };
}

/** `${__dirname}/x` has an empty head before the place. */
const isPlaceOf = (parts: readonly (Known | undefined)[]): boolean =>
  parts.find((part) => part?.text !== '')?.isPlace === true;

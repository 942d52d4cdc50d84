/** Short texts that are the same exactly where what they stand for is: requests by the thousand are told apart by them. */
const numbers = new Map<string, number>();
const known = new WeakMap<object, string>();

/** A number of a text, the same for the same text. */
export function numberOf(text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(text, number);
  }
  return number;
}

/** The text of a value that nobody changes: objects are read once. */
export function textOf(value: object | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (isEmpty(value)) return '{}';
  let text = known.get(value);
  if (text === undefined) {
    text = `#${numberOf(JSON.stringify(value))}`;
    known.set(value, text);
  }
  return text;
}

const isEmpty = (value: object): boolean => !Array.isArray(value) && Object.keys(value).length === 0;

/** Gives an object the text of what it was made from, where that says all of it. */
export function madeFrom<T extends object>(value: T, ...parts: readonly string[]): T {
  known.set(value, parts.join('|'));
  return value;
}

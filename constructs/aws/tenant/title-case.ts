/** A word as it stands in a construct id or a Sid: `video` as `Video`. */
export const titleCase = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

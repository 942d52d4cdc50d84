/** Numbers that look random and are the same for the same seed (a linear congruence modulo 2^32, by the constants of Numerical Recipes). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to `below`, without it. */
  number(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  chance(percent: number): boolean {
    return this.number(100) < percent;
  }

  of<T>(list: readonly T[]): T {
    const one = list[this.number(list.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }
}

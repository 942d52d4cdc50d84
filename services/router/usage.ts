/** Tokens that a server says it has worked on. */
export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
}

/** Reads an answer on its way through. What it gives back goes to the client. */
export interface AnswerReader {
  readonly take: (chunk: Buffer) => Buffer | undefined;
  /** @returns what was held back */
  readonly end: () => Buffer | undefined;
  /** Undefined where the server did not say it. */
  readonly tokens: () => Tokens | undefined;
}

/** The end of an answer in which its usage is looked for, and the longest event of a stream: both are kept in memory meanwhile. Bytes. */
const TAIL_MAX = 8192;
const EVENT_MAX = 2 ** 20;
/** An object of objects. In a text of the model the quotes would be escaped. */
const USAGE = /"usage": ?(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})/;

/** @param contentType the answer's @param wantsUsage whether the client asked for the usage of a stream */
export function answerReader(contentType: string, wantsUsage: boolean): AnswerReader | undefined {
  if (contentType.startsWith('text/event-stream')) return streamReader(wantsUsage);
  return contentType.startsWith('application/json') ? wholeReader() : undefined;
}

function wholeReader(): AnswerReader {
  let tail: Buffer = Buffer.alloc(0);
  return {
    take: (chunk) => {
      tail = (tail.length === 0 ? chunk : Buffer.concat([tail, chunk])).subarray(-TAIL_MAX);
      return chunk;
    },
    end: () => undefined,
    tokens: () => tokensOf(USAGE.exec(tail.toString('utf8'))?.[1]),
  };
}

/** Passes on each event as soon as it is whole, but the one that only says the usage where the client has not asked for it. */
function streamReader(wantsUsage: boolean): AnswerReader {
  let rest: Buffer = Buffer.alloc(0);
  let tokens: Tokens | undefined;
  const pass = (event: Buffer): boolean => {
    const text = event.toString('utf8');
    const own = tokensOf(USAGE.exec(text)?.[1]);
    tokens = own ?? tokens;
    return own === undefined || wantsUsage || !/"choices": ?\[\]/.test(text);
  };
  return {
    take: (chunk) => {
      let left = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const passed: Buffer[] = [];
      for (let end = endOfEvent(left); end !== -1; end = endOfEvent(left)) {
        const event = left.subarray(0, end);
        if (pass(event)) passed.push(event);
        left = left.subarray(end);
      }
      if (left.length > EVENT_MAX) {
        passed.push(left);
        left = Buffer.alloc(0);
      }
      rest = left;
      return passed.length === 0 ? undefined : Buffer.concat(passed);
    },
    end: () => (rest.length === 0 || !pass(rest) ? undefined : rest),
    tokens: () => tokens,
  };
}

/** Where the first event ends, behind its empty line; -1 where none does. */
function endOfEvent(bytes: Buffer): number {
  const plain = bytes.indexOf('\n\n');
  const before = plain === -1 ? bytes : bytes.subarray(0, plain);
  const other = before.indexOf('\r\n\r\n');
  if (other !== -1) return other + 4;
  return plain === -1 ? -1 : plain + 2;
}

function tokensOf(text: string | undefined): Tokens | undefined {
  if (text === undefined) return undefined;
  try {
    const usage = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return { prompt: count(usage['prompt_tokens']), completion: count(usage['completion_tokens']) };
  } catch {
    return undefined;
  }
}

const count = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0);

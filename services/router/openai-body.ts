import type { Operation } from './paths';
import { type BodyFault, checkKeys, isObject, objectOf, type Prepared } from './prepared';

const SAMPLING = [
  'frequency_penalty',
  'ignore_eos',
  'logit_bias',
  'logprobs',
  'max_tokens',
  'min_p',
  'min_tokens',
  'n',
  'presence_penalty',
  'repetition_penalty',
  'response_format',
  'seed',
  'skip_special_tokens',
  'stop',
  'stop_token_ids',
  'stream',
  'stream_options',
  'temperature',
  'top_k',
  'top_p',
  'truncate_prompt_tokens',
  'user',
] as const;

/**
 * Fields that a client may set. What vLLM knows besides is not passed on: templates (code that the server runs), media and processor
 * arguments (addresses that it would fetch), transfer of caches between servers, priorities, ids of requests, arguments of extensions.
 * @see https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/chat_completion/protocol.py (2026-11-26)
 */
const FIELDS = {
  chat: [
    ...SAMPLING,
    'include_reasoning',
    'max_completion_tokens',
    'messages',
    'parallel_tool_calls',
    'reasoning_effort',
    'tool_choice',
    'tools',
    'top_logprobs',
  ],
  completion: [...SAMPLING, 'echo', 'prompt', 'suffix'],
  embedding: ['dimensions', 'encoding_format', 'input', 'truncate_prompt_tokens', 'user'],
} as const satisfies Record<Exclude<Operation, 'infer'>, readonly string[]>;

/** The router's own, whatever a client says. */
const OVERWRITTEN = ['model', 'cache_salt'];

/** Answers of one request, and prompts of one: a request is one turn among those of others. */
const ANSWERS_MAX = 8;
const PROMPTS_MAX = 32;
const INPUTS_MAX = 2048;

/**
 * Reads a body of the OpenAI protocol. It is written anew from what was read, so that the server reads what was judged here.
 * @returns undefined where it is no JSON object
 */
export function openAiBody(
  operation: Exclude<Operation, 'infer'>,
  body: Buffer,
  report: BodyFault,
): Prepared | undefined {
  const sent = objectOf(body);
  if (sent === undefined) {
    report('body', 'allowed one JSON object', 'send one');
    return undefined;
  }
  const fields = Object.fromEntries(Object.entries(sent).filter(([key]) => !OVERWRITTEN.includes(key)));
  checkKeys(fields, FIELDS[operation], '', report);
  if (operation === 'chat') checkMessages(fields['messages'], report);
  if (operation === 'completion') checkCount(fields['prompt'], 'prompt', PROMPTS_MAX, report);
  if (operation === 'embedding') checkCount(fields['input'], 'input', INPUTS_MAX, report);
  checkAnswers(fields['n'], report);
  const { stream, stream_options: options } = fields;
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean')
    report('stream', 'allowed true or false', 'write one of them');
  if (options !== undefined && options !== null) {
    if (isObject(options)) checkKeys(options, ['include_usage'], 'stream_options.', report);
    else report('stream_options', 'allowed an object', 'write one');
  }
  const isStream = stream === true;
  const wantsUsage = isObject(options) && options['include_usage'] === true;
  // Asked for in any case: what is not counted cannot be metered.
  const counted = isStream ? { ...fields, stream_options: { include_usage: true } } : fields;
  const text = JSON.stringify(counted);
  return {
    wantsUsage,
    render: (model, salt) => ({
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(`${text.slice(0, -1)},${JSON.stringify({ model, cache_salt: salt }).slice(1)}`),
    }),
  };
}

/** Text alone: of other parts a server would fetch what their address names. */
function checkMessages(messages: unknown, report: BodyFault): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    report('messages', 'allowed a list of one or more', 'write one');
    return;
  }
  messages.forEach((message: unknown, index) => {
    const at = `messages[${index}]`;
    if (!isObject(message)) report(at, 'allowed an object', 'write one');
    else checkContent(message['content'], `${at}.content`, report);
  });
}

function checkContent(content: unknown, at: string, report: BodyFault): void {
  if (content === undefined || content === null || typeof content === 'string') return;
  if (!Array.isArray(content)) {
    report(at, 'allowed a text or a list of parts', 'write one of them');
    return;
  }
  content.forEach((part: unknown, index) => {
    const isText = isObject(part) && part['type'] === 'text' && typeof part['text'] === 'string';
    if (!isText || Object.keys(part).length > 2)
      report(`${at}[${index}]`, "allowed a part of type 'text' with its text", 'leave out everything else');
  });
}

/** How many prompts a value is: a text, a list of tokens, or a list of either. */
function checkCount(value: unknown, name: string, most: number, report: BodyFault): void {
  if (typeof value === 'string') return;
  if (!Array.isArray(value) || value.length === 0) {
    report(name, 'allowed a text, or a list of texts or of tokens', 'write one of them');
    return;
  }
  const isTokens = value.every((each) => typeof each === 'number');
  const isPrompts = value.every((each) => typeof each === 'string' || Array.isArray(each));
  if (!isTokens && !isPrompts) report(name, 'allowed a text, or a list of texts or of tokens', 'write one of them');
  if (isPrompts && value.length > most) report(name, `allowed at most ${most}`, 'send the rest in other requests');
}

function checkAnswers(n: unknown, report: BodyFault): void {
  if (n === undefined || n === null) return;
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > ANSWERS_MAX)
    report('n', `allowed 1 to ${ANSWERS_MAX}`, 'send more requests');
}

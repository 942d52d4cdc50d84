import { type BodyFault, checkKeys, isObject, objectOf, type Prepared } from './prepared';

const HEADER_LENGTH = 'inference-header-content-length';
const REQUEST = ['id', 'inputs', 'outputs', 'parameters'];
const INPUT = ['data', 'datatype', 'name', 'parameters', 'shape'];
const OUTPUT = ['name', 'parameters'];
/**
 * Parameters that a client may set. What Triton reserves besides is not passed on: ids of sequences, whose state two tenants could share;
 * priorities; regions of shared memory, which are the server's own.
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_parameters.md (2026-11-26)
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_shared_memory.md (2026-11-26)
 */
const PARAMETERS = {
  request: ['binary_data_output'],
  input: ['binary_data_size'],
  output: ['binary_data', 'classification'],
};
/** The router's own, whatever a client says. */
const OVERWRITTEN = ['model_name', 'model_version'];
const TENSORS_MAX = 64;

/**
 * Reads a request of the v2 protocol: a JSON object, and behind it the binary data of its inputs where the header says how long the object
 * is. The object is written anew from what was read, so that the server reads what was judged here.
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md (2026-11-26)
 * @returns undefined where there is no such object
 */
export function tritonBody(body: Buffer, headerLength: string | undefined, report: BodyFault): Prepared | undefined {
  const length = headerLength === undefined ? body.length : Number(headerLength);
  if (!/^\d{1,9}$/.test(headerLength ?? '0') || length > body.length) {
    report(HEADER_LENGTH, "allowed the length of the body's JSON object in bytes", 'correct it');
    return undefined;
  }
  const sent = objectOf(body.subarray(0, length));
  if (sent === undefined) {
    report('body', 'allowed one JSON object, and binary data behind it', 'send one');
    return undefined;
  }
  const fields = Object.fromEntries(Object.entries(sent).filter(([key]) => !OVERWRITTEN.includes(key)));
  checkKeys(fields, REQUEST, '', report);
  checkParameters(fields['parameters'], PARAMETERS.request, 'parameters', report);
  const binary = body.subarray(length);
  const size = checkInputs(fields['inputs'], report);
  if (size !== binary.length) report('inputs', 'allowed as much binary data as their sizes say', 'correct the sizes');
  tensors(fields['outputs'], 'outputs', report).forEach((output, index) => {
    checkKeys(output, OUTPUT, `outputs[${index}].`, report);
    checkParameters(output['parameters'], PARAMETERS.output, `outputs[${index}].parameters`, report);
  });
  if (fields['inputs'] === undefined) report('inputs', 'allowed a list', 'add it');
  const { id } = fields;
  if (id !== undefined && (typeof id !== 'string' || id.length > 128))
    report('id', 'allowed a text of at most 128 characters', 'shorten it');
  const object = Buffer.from(JSON.stringify(fields));
  const rendered =
    headerLength === undefined
      ? { headers: { 'content-type': 'application/json' }, body: object }
      : {
          headers: { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(object.length) },
          body: Buffer.concat([object, binary]),
        };
  // The name of the model is in the path alone.
  return { wantsUsage: false, render: () => rendered };
}

/** @returns bytes of binary data that the inputs say they have */
function checkInputs(inputs: unknown, report: BodyFault): number {
  let size = 0;
  tensors(inputs, 'inputs', report).forEach((input, index) => {
    const at = `inputs[${index}]`;
    checkKeys(input, INPUT, `${at}.`, report);
    checkParameters(input['parameters'], PARAMETERS.input, `${at}.parameters`, report);
    const own = isObject(input['parameters']) ? input['parameters']['binary_data_size'] : undefined;
    if (own === undefined) {
      if (!areExact(input['data'], /^U?INT64$/.test(String(input['datatype']))))
        report(`${at}.data`, 'allowed values that JSON carries unchanged', 'send them as binary data');
    } else if (typeof own === 'number' && Number.isSafeInteger(own) && own >= 0) size += own;
    else report(`${at}.parameters.binary_data_size`, 'allowed a number of bytes', 'correct it');
  });
  return size;
}

function checkParameters(value: unknown, allowed: readonly string[], at: string, report: BodyFault): void {
  if (value === undefined) return;
  if (isObject(value)) checkKeys(value, allowed, `${at}.`, report);
  else report(at, 'allowed an object', 'write one');
}

function tensors(value: unknown, at: string, report: BodyFault): Record<string, unknown>[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= TENSORS_MAX && value.every(isObject)) return value;
  report(at, `allowed a list of at most ${TENSORS_MAX} objects`, 'correct it');
  return [];
}

/** Whether values are the same once they are read and written again: integers of 64 bits beyond 2^53 are not, nor is 1e999. */
function areExact(value: unknown, isWide: boolean): boolean {
  if (Array.isArray(value)) return value.every((each) => areExact(each, isWide));
  if (typeof value === 'number') return Number.isFinite(value) && (!isWide || Number.isSafeInteger(value));
  return typeof value === 'string' || typeof value === 'boolean';
}

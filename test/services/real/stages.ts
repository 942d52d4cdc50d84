import type { Stage } from '../../../schema/pipeline-job';
import { nodeStage } from '../pipeline-worker/sample';

const ENV = 'const e = process.env;';
const WRITE =
  'const write = (path, text) => { const file = `${e.ATOLL_OUTPUT}/${path}`; fs.mkdirSync(require("path").dirname(file), { recursive: true }); fs.writeFileSync(file, text); };';

/** A stage whose script has `e`, its environment, and `write`, which writes an output. */
export const script = (name: string, code: string, timeoutSeconds?: number): Stage =>
  nodeStage(name, `${ENV} ${WRITE} ${code}`, timeoutSeconds);

/** Notes in a file of the test that it ran, by its input. */
export const noted = (name: string, file: string, code = ''): Stage =>
  script(name, `fs.appendFileSync(${JSON.stringify(file)}, e.ATOLL_OBJECT_KEY + '\\n'); ${code}`);

/** Writes one output with the input's text in it. */
export const copy = script('copy', 'write(`copies/${e.ATOLL_INPUT_ID}.txt`, fs.readFileSync(e.ATOLL_INPUT));');

import { adapter, baseModel, head } from '../support/sample-models';
import type { Change } from '../support/try-environment';
import type { BadEnvironment } from './bad-environment';

type Input = NonNullable<Change['input']>;
type Value = Input[string];

const LANGUAGE = baseModel('language', 'Words of all tenants.') as unknown as Value;
const withoutAdapters = { ...baseModel('language', 'Words of all tenants.'), adapters: undefined } as unknown as Value;
const REPLY = adapter('reply', 'Drafts of replies.', 'language') as unknown as Value;
const TAGGER = head('tagger', ['video'], 'Scenes of a video.') as unknown as Value;
const SERVING = {
  name: 'serving',
  cluster: 'production',
  workload: 'serving',
  families: ['g6'],
  gpuLimit: 4,
  cpuLimit: 32,
  memoryLimitGiB: 128,
};
const TRITON = { name: 'triton', engine: 'triton', nodePool: 'serving', maxServers: 2 };
/** Adds a node pool of serving, and a pool of Triton's servers on it. */
const served = (more: Readonly<Record<string, Value>> = {}, pool: Readonly<Record<string, Value>> = {}): Input => ({
  'nodePools.6': { ...SERVING, ...pool },
  servingPools: [{ ...TRITON, ...more }],
});
const RECORD = `{
  "common": {
    "recognizer": "triton-0"
  },
  "tenants": {
    "acme": {
      "call-outcome": "triton-0"
    }
  }
}
`;
const LOCK = 'placement.lock.json';

export const modelCases: readonly BadEnvironment[] = [
  {
    name: 'an engine that is none',
    input: { 'models.2.engine': 'tritn' },
    expected: [
      "environments/test/index.ts:1: models[2].engine: got 'tritn', allowed 'triton' or 'vllm'; did you mean 'triton'",
    ],
  },
  {
    name: 'adapters on Triton, and a field of another scope',
    input: { 'models.0.adapters': { slots: 4, rank: 16 }, 'models.2.weights': ['silero-vad'] },
    expected: [
      "environments/test/index.ts:1: models[0].adapters: got an unknown key, allowed 'id', 'reads', 'licences', 'description', 'scope', 'weights', 'gate', 'training', 'engine' or 'workingMemoryMiB'; remove it",
      "environments/test/index.ts:1: models[2].weights: got an unknown key, allowed 'id', 'reads', 'licences', 'description', 'scope', 'gate', 'training', 'engine', 'form', 'base' or 'memoryMiB'; remove it",
    ],
  },
  {
    name: 'weights that nobody knows, and of another engine',
    input: { 'models.0.weights': ['silero-vat', 'qwen3-8b'] },
    expected: [
      "environments/test/index.ts:1: models[0].weights[0]: got 'silero-vat', allowed weights of schema/open-models.ts, 'whisper-large-v3-turbo', 'pyannote-segmentation-3.0', 'wespeaker-voxceleb-resnet34-lm', 'silero-vad', 'siglip2-base-patch16-224', 'pp-ocrv5-server-det', 'pp-ocrv5-server-rec' or 'gliner-bi-base-v2.0'; did you mean 'silero-vad'",
      "environments/test/index.ts:1: models[0].weights[1]: got 'qwen3-8b', which are there for vllm, allowed weights of schema/open-models.ts, 'whisper-large-v3-turbo', 'pyannote-segmentation-3.0', 'wespeaker-voxceleb-resnet34-lm', 'silero-vad', 'siglip2-base-patch16-224', 'pp-ocrv5-server-det', 'pp-ocrv5-server-rec' or 'gliner-bi-base-v2.0'; name others",
    ],
  },
  {
    name: 'a licence without commercial use, of no weights, and one that is missing',
    input: { 'models.0.licences': ['CC-BY-NC-4.0'] },
    expected: [
      "environments/test/index.ts:1: models[0].licences: got a list without 'MIT', allowed with it, a licence of its weights; read it and add it",
      "environments/test/index.ts:1: models[0].licences[0]: got 'CC-BY-NC-4.0', allowed those of its weights, 'MIT'; take it out",
      "environments/test/index.ts:1: models[0].licences[0]: got 'CC-BY-NC-4.0', which allows no commercial use, allowed licences under which a platform that tenants pay for may work; begin with other weights",
    ],
  },
  {
    name: 'a licence that nobody read',
    input: { 'models.0.licences': ['MTI'] },
    expected: [
      "environments/test/index.ts:1: models[0].licences[0]: got 'MTI', allowed 'Apache-2.0', 'BSD-3-Clause', 'CC-BY-4.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'CC-BY-SA-4.0', 'CC0-1.0', 'LicenseRef-Tenant' or 'MIT'; did you mean 'MIT'",
    ],
  },
  {
    name: "a tenant's model without the tenant's licence",
    input: { 'models.2.licences': ['MIT'] },
    expected: [
      "environments/test/index.ts:1: models[2].licences: got a list without 'LicenseRef-Tenant', allowed with it, since it is made of the tenant's data by its contract; add it",
    ],
  },
  {
    name: 'a metric that the benchmark does not measure, and a threshold beyond everything',
    input: { 'models.0.gate.metric': 'micro-f1', 'models.0.gate.thresholdPercent': 101 },
    expected: [
      "environments/test/index.ts:1: models[0].gate.metric: got 'micro-f1', allowed 'roc-auc', which benchmark 'voxconverse-test' measures; change one of the two",
      'environments/test/index.ts:1: models[0].gate.thresholdPercent: got 101, at most 100; lower it',
    ],
  },
  {
    name: 'a common model trained on what is no corpus',
    input: {
      'models.0.training': { corpora: ['talks'], grantedClasses: ['text'] },
      'models.0.gate.dataset': { kind: 'corpus', name: 'talk' },
      sources: [],
    },
    expected: [
      "environments/test/index.ts:1: models[0].gate.dataset.name: got 'talk', and the environment has no corpora; name one of them, or add the corpus to sources",
      "environments/test/index.ts:1: models[0].training.corpora[0]: got 'talks', and the environment has no corpora; name one of them, or add the corpus to sources",
      "environments/test/index.ts:1: models[0].training.grantedClasses[0]: got 'text', allowed classes that it reads, 'audio'; add it to reads or take it out",
    ],
  },
  {
    name: "a tenant's model trained on a class that it does not read, and on one twice",
    input: { 'models.2.training.classes': ['video', 'video', 'text'] },
    expected: [
      "environments/test/index.ts:1: models[2].training.classes[1]: got 'video' again, each at most once; remove one of the two",
      "environments/test/index.ts:1: models[2].training.classes[2]: got 'text', allowed classes that it reads, 'video'; add it to reads or take it out",
    ],
  },
  {
    name: "a base that is none, one that is a tenant's and one of another engine",
    input: {
      'models.1.base': 'recogniser',
      'models.2.base': 'call-outcome',
      'models.3': { ...(REPLY as object), base: 'recognizer' },
      'models.4': LANGUAGE,
    },
    expected: [
      "environments/test/index.ts:1: models[1].base: got 'recogniser', allowed 'recognizer'; did you mean 'recognizer'",
      "environments/test/index.ts:1: models[2].base: got 'call-outcome', a tenant's model type, allowed 'recognizer'; name one of them",
      "environments/test/index.ts:1: models[3].base: got 'recognizer', which triton serves, allowed 'language'; name one of them",
    ],
  },
  {
    name: 'an adapter that is larger than its base takes, without the licence of its base',
    input: {
      'models.3': LANGUAGE,
      'models.4': { ...(REPLY as object), rank: 64, licences: ['LicenseRef-Tenant'] },
    },
    expected: [
      "environments/test/index.ts:1: models[4].licences: got a list without 'Apache-2.0', allowed with it, a licence of its base 'language'; add it",
      "environments/test/index.ts:1: models[4].rank: got 64, at most 16, the rank of the adapters of 'language'; lower it or raise its base's",
    ],
  },
  {
    name: 'a rank that the engine does not take, and no slots',
    input: {
      'models.3': { ...(LANGUAGE as object), adapters: { slots: 0, rank: 7 } },
      'models.4': REPLY,
    },
    expected: [
      'environments/test/index.ts:1: models[3].adapters.rank: got 7, allowed 1, 8, 16, 32, 64, 128, 256, 320 or 512; choose one of them',
      'environments/test/index.ts:1: models[3].adapters.slots: got 0, at least 1; raise it',
    ],
  },
  {
    name: 'an adapter of a base without adapters',
    input: { 'models.3': withoutAdapters, 'models.4': REPLY },
    expected: [
      "environments/test/index.ts:1: models[4].base: got 'language', allowed a model type that has adapters; give it adapters or name another one",
    ],
  },
  {
    name: 'a serving pool on no node pool, on one for pipelines, and of an engine twice',
    input: {
      servingPools: [
        { ...TRITON, nodePool: 'servin' },
        { ...TRITON, nodePool: 'gpu' },
      ],
    },
    expected: [
      "environments/test/index.ts:1: servingPools[0].nodePool: got 'servin', and the environment has no node pools of workload 'serving'; name one of them",
      "environments/test/index.ts:1: servingPools[1].engine: got 'triton' again, each at most once; change it",
      "environments/test/index.ts:1: servingPools[1].name: got 'triton' again, each at most once; change it",
      "environments/test/index.ts:1: servingPools[1].nodePool: got pool 'gpu' for pipeline, allowed a pool with workload 'serving'; choose another pool",
    ],
  },
  {
    name: 'more servers than the node pool has GPUs, of memory that nobody knows',
    input: served({ maxServers: 5 }, { families: ['g99'] }),
    expected: [
      "environments/test/index.ts:1: servingPools[0].maxServers: got 5, at most 4 together, the gpuLimit of 'serving'; lower it or raise the limit",
      "environments/test/index.ts:1: servingPools[0].nodePool: got pool 'serving' with 'g99', allowed families whose memory schema/gpu-memory.ts knows; look it up and add it there",
    ],
  },
  {
    name: 'an engine of the catalogue without servers, and a model larger than any',
    input: { ...served(), 'models.2': { ...(TAGGER as object), memoryMiB: 21_000 }, 'models.3': LANGUAGE },
    expected: [
      "environments/test/index.ts:1: models[2]: got 21000 MiB of 'tagger', at most 20599 MiB, what models may take of a GPU of pool 'triton'; lower its memory, or change the node pool's families",
      "environments/test/index.ts:1: models[3].engine: got 'vllm', allowed engines of servingPools, 'triton'; add a pool of it",
    ],
  },
  {
    name: 'a budget of a cold start that cannot be kept',
    input: { ...served({ coldStartSeconds: 200 }), 'models.3': LANGUAGE },
    expected: [
      "environments/test/index.ts:1: models[3].engine: got 'vllm', allowed engines of servingPools, 'triton'; add a pool of it",
      'environments/test/index.ts:1: servingPools[0].coldStartSeconds: got 200, at least 282: node 90 + image 50 + weights 70 + load 72; raise it, or give the node pool a snapshot or families with more network',
    ],
  },
  {
    name: 'models that are recorded nowhere',
    input: served(),
    expected: [
      "environments/test/placement.lock.json: common.recognizer: got nothing, allowed 'triton-0', the first server with room; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json: tenants.acme.call-outcome: got nothing, allowed 'triton-0', the first server with room; run npx atoll placement lock -e test",
    ],
  },
  {
    name: 'a record of a server that the pool does not have, and of models that nobody has',
    input: served(),
    files: {
      [LOCK]: [
        ['"recognizer": "triton-0"', '"recognizer": "triton-7",\n    "rekognizer": "triton-0"'],
        ['"acme": {', '"birch": {\n      "call-outcome": "triton-0"\n    },\n    "zed": {'],
      ].reduce((text, [from = '', to = '']) => text.replace(from, to), RECORD),
    },
    expected: [
      "environments/test/placement.lock.json:3: common.recognizer: got 'triton-7', allowed a server of pool 'triton', 'triton-0' to 'triton-1'; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json:4: common.rekognizer: got 'triton-0', allowed models that have a place in the environment; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json:6: tenants.acme.call-outcome: got nothing, allowed 'triton-0', the first server with room; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json:8: tenants.birch.call-outcome: got 'triton-0', allowed models that have a place in the environment; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json:11: tenants.zed.call-outcome: got 'triton-0', allowed models that have a place in the environment; run npx atoll placement lock -e test",
    ],
  },
  {
    name: 'a record of two who may not share a server',
    input: served(),
    files: { [LOCK]: RECORD, 'tenants/acme.yaml': [['models:', 'serving: dedicated\nmodels:']] },
    expected: [
      "environments/test/placement.lock.json:6: tenants.acme.recognizer: got nothing, allowed 'triton-1', the first server with room; run npx atoll placement lock -e test",
      "environments/test/placement.lock.json:7: tenants.acme.call-outcome: got 'triton-0', allowed a server of the same language model, and of nobody else where serving is dedicated; run npx atoll placement lock -e test",
    ],
  },
  {
    name: 'a record in another order than the command writes',
    input: served(),
    files: { [LOCK]: RECORD.replace('"recognizer": "triton-0"', '"recognizer":  "triton-0"') },
    expected: [
      'environments/test/placement.lock.json:1: file: got another text than that of its entries, allowed each key once, sorted, as the command writes it; restore the file as it was committed last, then run npx atoll placement lock -e test',
    ],
  },
  {
    name: 'a record that is no JSON',
    input: served(),
    files: { [LOCK]: `${RECORD}}` },
    expected: [
      'environments/test/placement.lock.json:1: file: got no readable JSON, allowed what the command wrote; restore the file as it was committed last, then run npx atoll placement lock -e test',
    ],
  },
  {
    name: 'a record of a server that is none',
    input: served(),
    files: { [LOCK]: RECORD.replace('"call-outcome": "triton-0"', '"call-outcome": "triton"') },
    expected: [
      "environments/test/placement.lock.json:7: tenants.acme.call-outcome: got 'triton', allowed a server such as 'triton-0'; restore the file as it was committed last, then run npx atoll placement lock -e test",
    ],
  },
];

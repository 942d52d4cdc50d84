/**
 * `npm run mutate`: plants one fault after the other into the output of the sample and prints what caught it. An entry point.
 *
 *     npm run mutate                     all of them
 *     npm run mutate -- isolation idle   those of some proofs
 *     npm run mutate -- --only=Delivery  those whose name fits a regular expression
 *
 * On as many processors as there are: their lines come in no order.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Finding, ProofName } from '../../assurance/finding';
import { PROOFS } from '../../assurance/finding';
import { proveErasure } from '../../assurance/erasure/prove-erasure';
import { Solver } from '../../assurance/iam/solver';
import { readPrices } from '../../assurance/idle/prices';
import { proveIdle } from '../../assurance/idle/prove-idle';
import { proveIsolation } from '../../assurance/isolation/prove';
import { proveDeliveries } from '../../assurance/isolation/prove-deliveries';
import { proveKubernetes } from '../../assurance/kubernetes/prove';
import { proveLimits } from '../../assurance/limits/prove-limits';
import type { Output } from '../../assurance/output/output';
import type { Environment } from '../../schema/model';
import { doorsEnvironment } from '../support/doors-environment';
import { peopleDoorEnvironment } from '../support/people-door-environment';
import { sampleEnvironment } from '../support/sample-environment';
import { servingEnvironment } from '../support/serving-environment';
import { writeAudit } from '../support/write-audit';
import { writeOutput } from '../support/write-output';
import { ERASURE_DOOR_MUTATIONS, IDLE_DOOR_MUTATIONS, ISOLATION_DOOR_MUTATIONS } from './doors';
import { ERASURE_MUTATIONS } from './erasure';
import { IDLE_MUTATIONS } from './idle';
import { isolationMutations } from './isolation';
import { mutatedEnvironment } from './isolation/sample';
import { DOOR_MUTATIONS } from './kubernetes/doors';
import { PEOPLE_DOOR_MUTATIONS } from './kubernetes/people-door';
import { KUBERNETES_MUTATIONS } from './kubernetes';
import { LIMITS_MUTATIONS } from './limits';
import { type Planted, verdictOf } from './planted';
import { SERVING_CLUSTER_MUTATIONS, SERVING_ISOLATION_MUTATIONS } from './serving';

const PART = /^--part=(\d+)\/(\d+)$/;
const SUMMARY = /^(\d+) faults planted, (\d+) not as expected$/;

const ONLY = /^--only=(.+)$/;

const given = process.argv.slice(2);
const option = (form: RegExp): RegExpExecArray | undefined =>
  given.map((word) => form.exec(word)).find((found) => found !== null) ?? undefined;
const part = option(PART);
const only = new RegExp(option(ONLY)?.[1] ?? '');
const wanted = given.filter((word) => !PART.test(word) && !ONLY.test(word));
const unknown = wanted.filter((name) => !PROOFS.some((proof) => proof === name));

async function main(): Promise<void> {
  if (unknown.length > 0) throw new Error(`mutate: got ${unknown.join(', ')}, allowed ${PROOFS.join(', ')}`);
  const { planted, bad } = part === undefined ? await inParts(availableParallelism()) : await plant(part);
  process.stdout.write(`${planted} faults planted, ${bad} not as expected\n`);
  process.exitCode = bad === 0 ? 0 : 1;
}

interface Sum {
  readonly planted: number;
  readonly bad: number;
}

/** Each processor plants its share; what it says is passed on line by line. */
async function inParts(count: number): Promise<Sum> {
  const parts = await Promise.all(
    Array.from({ length: count }, async (_, i): Promise<Sum> => {
      const child = spawn(
        process.execPath,
        ['--require', 'tsx/cjs', __filename, ...given, `--part=${String(i)}/${String(count)}`],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let sum: Sum | undefined;
      for await (const line of createInterface({ input: child.stdout })) {
        const summary = SUMMARY.exec(line);
        if (summary === null) process.stdout.write(`${line}\n`);
        else sum = { planted: Number(summary[1]), bad: Number(summary[2]) };
      }
      if (sum === undefined) throw new Error(`mutate: part ${String(i)} ended without a summary; see above`);
      return sum;
    }),
  );
  return {
    planted: parts.reduce((all, one) => all + one.planted, 0),
    bad: parts.reduce((all, one) => all + one.bad, 0),
  };
}

/** Plants every fault whose number falls to this part. */
async function plant([, number, count]: readonly string[]): Promise<Sum> {
  const chosen = PROOFS.filter((name) => wanted.length === 0 || wanted.includes(name));
  const solver = await Solver.start();
  const folder = mkdtempSync(join(tmpdir(), 'atoll-'));
  let bad = 0;
  let planted = 0;
  try {
    for (const name of chosen) {
      for (const [i, room] of roomsOf(name, solver).entries()) {
        const output = writeOutput(room.env, join(folder, name, String(i)));
        if (name === 'isolation') await writeAudit(room.env, join(folder, name, String(i)));
        const mutations = room.mutations(output).filter(({ id }) => only.test(id));
        if (mutations.length === 0) continue;
        const prove = async (from: Output): Promise<readonly Finding[]> => room.prove(from);
        const before = await prove(output);
        for (const finding of before)
          process.stdout.write(`unchanged: ${finding.kind} ${finding.subject}: ${finding.message}\n`);
        bad += before.length;
        for (const mutation of mutations.filter((_, j) => j % Number(count) === Number(number))) {
          const verdict = await verdictOf(mutation, output, before, prove);
          planted += 1;
          if (!verdict.right) bad += 1;
          process.stdout.write(`${name.padEnd(10)} ${verdict.text}\n`);
        }
      }
    }
  } finally {
    await solver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { planted, bad };
}

interface Room {
  readonly env: Environment;
  readonly mutations: (output: Output) => readonly Planted[];
  readonly prove: (output: Output) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** The environments into which faults are planted for a proof. */
function roomsOf(name: ProofName, solver: Solver): readonly Room[] {
  const rooms = (
    prove: (env: Environment, from: Output) => ReturnType<Room['prove']>,
    ...of: readonly (readonly [env: Environment, mutations: Room['mutations']])[]
  ): readonly Room[] => of.map(([env, mutations]) => ({ env, mutations, prove: (from) => prove(env, from) }));
  const sample = sampleEnvironment();
  const doors = doorsEnvironment();
  switch (name) {
    case 'isolation':
      return rooms(
        async (env, from) => [
          ...(await proveIsolation(env, from, { solver })).findings,
          ...proveDeliveries(env, from).findings,
        ],
        [mutatedEnvironment(), isolationMutations],
        [doors, () => ISOLATION_DOOR_MUTATIONS],
        [servingEnvironment(), () => SERVING_ISOLATION_MUTATIONS],
      );
    case 'kubernetes':
      return rooms(
        (env, from) => proveKubernetes(env, from).findings,
        [sample, () => KUBERNETES_MUTATIONS],
        [doors, () => DOOR_MUTATIONS],
        [peopleDoorEnvironment(), () => PEOPLE_DOOR_MUTATIONS],
        [servingEnvironment(), () => SERVING_CLUSTER_MUTATIONS],
      );
    case 'erasure':
      return rooms(
        (env, from) => proveErasure(env, from).findings,
        [sample, () => ERASURE_MUTATIONS],
        [doors, () => ERASURE_DOOR_MUTATIONS],
      );
    case 'idle':
      return rooms(
        (env, from) => proveIdle(env, from, readPrices(env.region)).findings,
        [sample, () => IDLE_MUTATIONS],
        [doors, () => IDLE_DOOR_MUTATIONS],
      );
    case 'limits':
      return rooms((env, from) => proveLimits(env, from).findings, [sample, () => LIMITS_MUTATIONS]);
  }
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
});

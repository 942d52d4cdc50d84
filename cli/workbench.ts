import type { Command } from 'commander';
import { Option } from 'commander';
import { teamOf, workbench } from '../infra/k8s/workbench';
import { labels, teamNames } from '../schema/names';
import {
  WORKBENCH_HOURS,
  WORKBENCH_IDLE_MINUTES,
  WORKBENCH_KINDS,
  WORKBENCH_PORT,
  type WorkbenchKind,
} from '../schema/workbench';
import type { Environments } from './environments';
import { freshMark, makeKey, openedPassword } from './workbench-key';

interface Where {
  readonly env: string;
  readonly team: string;
}

interface StartCommand extends Where {
  readonly grant?: string;
  readonly person: string;
  readonly kind: WorkbenchKind;
  readonly gpus: string;
  readonly cpus?: string;
  readonly memoryGib?: string;
  readonly hours: string;
  readonly idleMinutes: string;
  readonly pool?: string;
  readonly key: string;
}

/**
 * Adds `atoll workbench`. Nothing of it speaks to a cluster: it prints what kubectl is given. `logs` and `port-forward` take a Job and find its pod.
 * @see https://github.com/kubernetes/kubectl/blob/v0.36.0/pkg/polymorphichelpers/helpers.go SelectorsForObject (2026-11-26)
 */
export function registerWorkbench(program: Command, environments: Environments): void {
  const group = program
    .command('workbench')
    .description('a machine to work on: Jupyter or code-server as a queued Job');
  registerStart(group, environments);
  registerOpen(group);
  located(group, 'list', 'print the command that lists the workbenches of a team').action(({ env, team }: Where) => {
    const namespace = teamNames.namespace(teamOf(environments.load(environments.requireName(env, '--env')), team));
    const columns = `NAME:.metadata.name,PERSON:.metadata.annotations.atoll\\.dev/person,STARTED:.status.startTime`;
    say(
      `kubectl --namespace ${namespace} get jobs --selector ${labels.name}=workbench --output custom-columns='${columns}'`,
    );
  });
  located(group, 'stop', 'print the command that ends a workbench; what lies in its home goes with it')
    .argument('<name>', 'name of its Job')
    .action((name: string, { env, team }: Where) => {
      const namespace = teamNames.namespace(teamOf(environments.load(environments.requireName(env, '--env')), team));
      if (!/^(grant-[a-z0-9-]+--)?workbench-[0-9a-f]{8}$/.test(name))
        throw new Error(`<name>: got '${name}', allowed the name of a workbench; take it from 'atoll workbench list'`);
      say(`kubectl --namespace ${namespace} delete job ${name}`);
    });
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const located = (group: Command, name: string, description: string): Command =>
  group
    .command(name)
    .description(description)
    .requiredOption('-e, --env <name>', 'environment of the team')
    .requiredOption('-t, --team <id>', 'research team in whose namespace it runs');

function registerStart(group: Command, environments: Environments): void {
  located(group, 'start', 'print the Job of a workbench for kubectl create -f -, and make the key that opens it')
    .requiredOption('-p, --person <e-mail>', 'who works in it, by the name of the sign-in')
    .requiredOption('-k, --key <file>', 'file that is made for the private key; nobody else may read it')
    .addOption(new Option('--kind <kind>', 'what is started').choices(WORKBENCH_KINDS).default(WORKBENCH_KINDS[0]))
    .option('-g, --grant <id>', 'grant with whose rights it reads; without one it reads no tenant’s data')
    .option('--gpus <count>', 'GPUs', '0')
    .option('--cpus <count>', 'CPUs; else 2, or 3 for each GPU')
    .option('--memory-gib <GiB>', 'memory; else 8, or 12 for each GPU')
    .option('--hours <count>', 'hours after which it ends', String(WORKBENCH_HOURS.usual))
    .option('--idle-minutes <count>', 'minutes without you after which it ends', String(WORKBENCH_IDLE_MINUTES.usual))
    .option('--pool <name>', 'node pool of workbenches on which it runs')
    .action((command: StartCommand) => {
      const { key, person, kind, team, grant, pool } = command;
      const env = environments.load(environments.requireName(command.env, '--env'));
      const made = makeKey();
      const { name, namespace, manifest } = workbench({
        ...{ env, team, person, kind, publicKey: made.publicKey, mark: freshMark() },
        ...(grant === undefined ? {} : { grant }),
        ...(pool === undefined ? {} : { pool }),
        gpus: Number(command.gpus),
        ...(command.cpus === undefined ? {} : { cpus: Number(command.cpus) }),
        ...(command.memoryGib === undefined ? {} : { memoryGiB: Number(command.memoryGib) }),
        hours: Number(command.hours),
        idleMinutes: Number(command.idleMinutes),
      });
      made.keep(key);
      process.stdout.write(manifest);
      process.stderr.write(
        [
          `${name}: once its pod runs, in two terminals`,
          `  kubectl --namespace ${namespace} logs job/${name} | npx atoll workbench open --key ${key}`,
          `  kubectl --namespace ${namespace} port-forward job/${name} ${WORKBENCH_PORT}:${WORKBENCH_PORT}`,
          '',
        ].join('\n'),
      );
    });
}

function registerOpen(group: Command): void {
  group
    .command('open')
    .description('read the output of a workbench and print its address and password')
    .requiredOption('-k, --key <file>', 'the private key that start has made')
    .action(async ({ key }: { readonly key: string }) => {
      const parts: Buffer[] = [];
      for await (const part of process.stdin) parts.push(part as Buffer);
      const { kind, password } = openedPassword(Buffer.concat(parts).toString('utf8'), key);
      const address = `http://localhost:${WORKBENCH_PORT}/`;
      // Jupyter takes it as a part of the address.
      say(kind === 'jupyter' ? `${address}lab?token=${password}` : `${address} asks for ${password}`);
    });
}

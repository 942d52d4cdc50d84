import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Environment } from '../schema/model';
import { coldStarts, coldStartSeconds, coldStartText } from '../schema/cold-start';
import { firstLimit } from '../schema/placement/first-limit';
import { placeModels, type Amounts, type Placement } from '../schema/placement/place';
import { PLACEMENT_FILE, placementRecordText } from '../schema/placement/placement-record';
import { counted } from './counted';
import type { Environments } from './environments';

/** Adds `atoll placement show` and `atoll placement lock`. */
export function registerPlacement(program: Command, environments: Environments): void {
  const placement = program
    .command('placement')
    .description('on which model server each model lies: show it, record it');
  const load = (name: string): Environment =>
    environments.load(environments.requireName(name, '--env'), { placesAnew: true });

  placement
    .command('show')
    .description('print the servers, what lies on each, the GPUs that they need and the first limit that is hit')
    .requiredOption('-e, --env <name>', 'the environment')
    .action(({ env: name }: { env: string }) => {
      process.stdout.write(placementText(load(name)));
    });

  placement
    .command('lock')
    .description(`write ${PLACEMENT_FILE}: what is recorded stays, what is new gets the first server with room`)
    .requiredOption('-e, --env <name>', 'the environment')
    .action(({ env: name }: { env: string }) => {
      const environment = load(name);
      const placed = placeModels(environment, environment.placement);
      refuseUnplaced(placed);
      writeWhole(join(environments.folder, environment.name, PLACEMENT_FILE), placementRecordText(placed.record));
      const moved = placed.unrecorded.filter(({ from }) => from !== undefined);
      for (const { model, tenant, from, to } of moved)
        process.stdout.write(`moved ${ownerOf(tenant)}${model} from ${String(from)} to ${String(to)}\n`);
      const count = placed.unrecorded.length - moved.length;
      process.stdout.write(
        `recorded ${counted(count, 'new model')}, moved ${moved.length}; ${counted(placed.gpus, 'server')}\n`,
      );
    });
}

/** @throws Error with every model that has no place: a record without it would leave its callers without a server */
function refuseUnplaced({ unplaced }: Placement): void {
  if (unplaced.length === 0) return;
  const lines = unplaced.map(
    ({ model, tenant, refusal }) =>
      `${ownerOf(tenant)}${model}: got no server with room, allowed ${refusal.limit} ${refusal.value} of pool '${refusal.pool}'; raise it`,
  );
  throw new Error(lines.join('\n'));
}

const ownerOf = (tenant: string | undefined): string => (tenant === undefined ? '' : `${tenant}/`);

/** By a rename: a reader sees the old file or the new one. */
function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}

/** The servers of an environment as lines to read. */
export function placementText(environment: Environment): string {
  const { servers, gpus, unplaced, unrecorded } = placeModels(environment, environment.placement);
  const lines = servers.flatMap(({ id, base, dedicatedTo, models, used, capacity }) => [
    `${id}  ${shares(used, capacity)}${dedicatedTo === undefined ? '' : `  for ${dedicatedTo} alone`}`,
    ...(base === undefined ? [] : [`  ${base.model} with its slots  ${base.memoryMiB} MiB`]),
    ...models.map(({ model, tenant, memoryMiB, slots }) => {
      const takes = slots > 0 ? '1 slot' : `${memoryMiB} MiB`;
      return `  ${ownerOf(tenant)}${model}  ${takes}`;
    }),
  ]);
  const limit = firstLimit(environment, environment.placement);
  return [
    ...lines,
    `${counted(gpus, 'GPU')} when all of them run at once`,
    ...coldStartLines(environment),
    ...(unrecorded.length === 0 ? [] : [`not in ${PLACEMENT_FILE}: ${counted(unrecorded.length, 'model')}`]),
    ...(unplaced.length === 0 ? [] : [`without a place: ${counted(unplaced.length, 'model')}`]),
    limit === undefined
      ? 'nothing is served'
      : `first limit: ${limit.limit} (${limit.value})${limit.because === undefined ? '' : `, short of ${limit.because}`}, with ${limit.tenants} tenants`,
    '',
  ].join('\n');
}

function shares(used: Amounts, capacity: Amounts): string {
  const of = (what: string, key: keyof Amounts): string => `${used[key]} of ${capacity[key]} ${what}`;
  const slots = capacity.slots === 0 ? [] : [of('slots', 'slots')];
  return [of('MiB', 'memoryMiB'), ...slots, of('tenants', 'tenants')].join(', ');
}

/** What each pool's servers take from zero, in seconds by their parts, and what is declared. */
function coldStartLines({ servingPools, ...environment }: Environment): string[] {
  const starts = coldStarts({ servingPools, ...environment });
  return servingPools.flatMap(({ name, coldStartSeconds: budget }) => {
    const parts = starts.get(name);
    if (parts === undefined) return [];
    return [`cold start of ${name}: ${coldStartSeconds(parts)} of ${budget} s, ${coldStartText(parts)}`];
  });
}

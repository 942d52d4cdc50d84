import type { Environment } from '../../schema/model';
import { VISIBILITY_SECONDS } from '../../schema/pipeline-job';
import type { Book, Entry } from './book';
import { arrivalsOf } from './expected-pipelines';
import type { PipelineJobs } from './workloads';

const DAYS_PER_MONTH = 365 / 12;

/** A worker renews a message's visibility at every third of it. */
const HEARTBEATS_PER_HOUR = 3600 / (VISIBILITY_SECONDS / 3);

/**
 * What tenants' buckets keep once retention has come round, and the requests that inputs make: a put and a get of the input, a put by each stage
 * (one file each), of each a data event and at most one question to the key; of each message a receive, a delete and heartbeats.
 */
export function expectStorage(environment: Environment, jobs: readonly PipelineJobs[], book: Book): void {
  const month = environment.expectedMonth;
  for (const tenant of environment.tenants) {
    if (tenant.state === 'erased' || tenant.state === 'erasing') continue;
    const owner = `tenant/${tenant.id}`;
    for (const { class: name, retentionDays } of tenant.data) {
      const arrivals = arrivalsOf(tenant, month, name);
      if (arrivals === undefined) {
        if (!jobs.some(({ tenant: id, pipeline }) => id === tenant.id && pipeline === name))
          book.notKnownOf(owner, `what arrives of ${name}: declare expectedMonth`);
        continue;
      }
      const entry = { kind: 'storage and requests', owner, cluster: 'production' } as const;
      const kept = arrivals.storedGiB * (retentionDays / DAYS_PER_MONTH);
      const how = `${arrivals.storedGiB.toLocaleString('en')} GiB a month, kept for ${retentionDays} days`;
      book.charge({ ...entry, what: `what is kept of ${name}`, how }, 'bucket-storage', kept);
      requests(environment, name, arrivals, { ...entry, what: `requests of ${name}` }, book);
    }
  }
}

function requests(
  { pipelines }: Environment,
  name: string,
  { inputs, hours }: { readonly inputs: number; readonly hours?: number },
  entry: Omit<Entry, 'how'>,
  book: Book,
): void {
  const spec = pipelines.find((pipeline) => pipeline.name === name);
  const puts = inputs * (1 + (spec?.stages.length ?? 0));
  const work = spec?.throughputPerHour === undefined ? 0 : (hours ?? inputs) / spec.throughputPerHour;
  const from = `${inputs.toLocaleString('en')} inputs`;
  book.charge({ ...entry, how: `puts of ${from}` }, 'bucket-list-request', puts);
  book.charge({ ...entry, how: `gets of ${from}` }, 'bucket-get-request', inputs);
  book.charge({ ...entry, how: `puts and gets of ${from} in the trail` }, 'data-event', puts + inputs);
  book.charge({ ...entry, how: `at most one for each put and get of ${from}` }, 'key-request', puts + inputs);
  book.charge({ ...entry, how: `messages of ${from}` }, 'queue-request', 2 * inputs + work * HEARTBEATS_PER_HOUR);
}

/** What all pods write into log groups, and what the groups keep of it. */
export function expectLogs({ expectedMonth, logRetentionDays }: Environment, book: Book): void {
  if (expectedMonth === undefined) {
    book.notKnownOf('platform', 'what a usual month brings: declare expectedMonth of the environment');
    return;
  }
  const { logGiB } = expectedMonth;
  const how = `${logGiB.toLocaleString('en')} GiB a month, kept for ${logRetentionDays} days`;
  const entry = { kind: 'storage and requests', owner: 'platform', cluster: 'production', how } as const;
  book.charge({ ...entry, what: 'log lines that come in' }, 'log-ingestion', logGiB);
  book.charge(
    { ...entry, what: 'log lines that are kept' },
    'log-storage',
    logGiB * (logRetentionDays / DAYS_PER_MONTH),
  );
}

import { join } from 'node:path';
import { alternatives, meant, pathText, show, type Fault } from './faults';
import { lineOfKey, lockFilePath, readLockFile } from './lock-file';
import type { Environment } from './model';
import { isThere } from './read-entry';
import { NO_RELEASES, RELEASES_FILE, releaseRecordSchema, releaseRecordText, type ReleaseRecord } from './releases';

const FILE = { name: RELEASES_FILE, schema: releaseRecordSchema, empty: NO_RELEASES, text: releaseRecordText };

/** @returns undefined where it has a fault; an empty record where there is no file */
export function readReleases(folder: string, faults: Fault[]): ReleaseRecord | undefined {
  return readLockFile(FILE, folder, 'restore the file as it was committed last', faults);
}

type Add = (at: readonly string[], got: string, allowed: string, remedy: string) => void;

/** Reports releases of models and tenants that are not there, and contents that stand for two models. */
export function checkReleases(environment: Environment, folder: string, faults: Fault[]): void {
  if (!isThere(join(folder, RELEASES_FILE))) return;
  const text = releaseRecordText(environment.releases);
  const add: Add = (at, got, allowed, remedy) => {
    const file = lockFilePath(RELEASES_FILE, folder);
    faults.push({ file, line: lineOfKey(text, at), path: pathText(at), got, allowed, remedy });
  };
  checkCommon(environment, add);
  for (const id of Object.keys(environment.releases.tenants)) checkOfTenant(environment, id, add);
  checkContents(environment.releases, add);
}

function checkCommon({ releases, models }: Environment, add: Add): void {
  const common = models.filter(({ scope }) => scope === 'common').map(({ id }) => id);
  for (const type of Object.keys(releases.common))
    if (!common.includes(type)) {
      const allowed = `allowed common model types, ${alternatives(common)}`;
      add(['common', type], 'a release', allowed, meant(type, common, 'take it out'));
    }
}

function checkOfTenant({ releases, models, tenants }: Environment, id: string, add: Add): void {
  const tenant = tenants.find((each) => each.id === id);
  if (tenant === undefined || tenant.state === 'erasing' || tenant.state === 'erased') {
    const got = tenant === undefined ? 'releases of nobody' : `releases of a tenant that is '${tenant.state}'`;
    add(['tenants', id], got, "allowed tenants that are 'active' or 'suspended'", 'take them out');
    return;
  }
  const own = models.filter((model) => model.scope === 'tenant' && tenant.models.includes(model.id));
  const types = own.map((model) => model.id);
  for (const type of Object.keys(releases.tenants[id] ?? {}))
    if (!types.includes(type)) {
      const allowed =
        types.length === 0 ? 'allowed none: it has no models' : `allowed its types, ${alternatives(types)}`;
      add(['tenants', id, type], 'a release', allowed, meant(type, types, 'take it out'));
    }
}

/** A release's manifest names one owner and one type, so that its digest can stand for one model alone. */
function checkContents({ common, tenants }: ReleaseRecord, add: Add): void {
  const first = new Map<string, string>();
  const look = (at: readonly string[], digest: string): void => {
    const before = first.get(digest);
    if (before === undefined) first.set(digest, pathText(at));
    else {
      const allowed = `allowed contents of one model, and this is that of ${before}`;
      add(at, show(digest), allowed, 'release the model anew from its own lineage');
    }
  };
  for (const [type, digest] of Object.entries(common)) look(['common', type], digest);
  for (const [id, own] of Object.entries(tenants))
    for (const [type, digest] of Object.entries(own)) look(['tenants', id, type], digest);
}

import { corpusNames, teamStoreNames } from '../../../schema/access-names';
import { endOfGrant, type Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { teamNames, tenantNames } from '../../../schema/names';
import { openSources } from '../../../schema/open-sources';
import { outputsPrefix } from '../../../schema/pipeline-job';
import { placeText, RENDEZVOUS_PORT, type TorchrunVariables, type TrainingPlace } from '../../../schema/training-job';

/** Label by which a pod knows its Job's name, which may be made by the API server. @see https://kubernetes.io/docs/reference/labels-annotations-taints/ (2026-11-26) */
const JOB_NAME = "metadata.labels['batch.kubernetes.io/job-name']";
/** Agents of a gang begin anew together that often before the pods end. */
const RESTARTS = 3;

/**
 * What torchrun is told. The pod with index 0 holds the store under its name in the team's headless Service; one pod has a store of its own, at
 * a port that is free.
 * @see https://docs.pytorch.org/docs/stable/elastic/run.html (2026-11-26)
 */
export function torchrunVariables(nodes: number, gpus: number): object[] {
  const variables: TorchrunVariables = {
    PET_NNODES: String(nodes),
    PET_NPROC_PER_NODE: String(Math.max(1, gpus)),
    PET_RDZV_BACKEND: 'c10d',
    PET_RDZV_ENDPOINT: nodes === 1 ? 'localhost:0' : `$(ATOLL_JOB)-0.${teamNames.workersService}:${RENDEZVOUS_PORT}`,
    PET_RDZV_ID: '$(ATOLL_JOB)',
    PET_MAX_RESTARTS: String(RESTARTS),
  };
  return [
    // First: a variable names only those before it.
    { name: 'ATOLL_JOB', valueFrom: { fieldRef: { fieldPath: JOB_NAME } } },
    ...Object.entries(variables).map(([name, value]) => ({ name, value: value as string })),
  ];
}

/** All that a grant opens, the datasets that were drawn of it among them. It says where things lie, and gives no right. */
export function grantedPlaces(env: Environment, grant: Grant): readonly TrainingPlace[] {
  const { production, research } = env.accounts;
  const store = teamStoreNames.bucket(env, grant.team);
  return [
    { place: placeText(store, teamStoreNames.datasetsPrefix(grant.id)), account: research },
    ...grant.tenants.flatMap((tenant) =>
      grant.classes.map((each) => ({
        place: placeText(tenantNames.bucket(env, tenant), outputsPrefix(each)),
        account: production,
      })),
    ),
    ...openSources(env, grant).corpora.map(({ id }) => ({
      place: placeText(corpusNames.bucket(env, id), corpusNames.objectsPrefix),
      account: research,
    })),
  ];
}

/** Where a training of a grant keeps its checkpoints and its candidate: the grant's folder in the team's bucket. */
export function grantedStore(env: Environment, grant: Grant, training: string): Readonly<Record<string, string>> {
  const own = placeText(teamStoreNames.bucket(env, grant.team), teamStoreNames.trainingPrefix(grant.id, training));
  return {
    ATOLL_CHECKPOINTS: `${own}checkpoints/`,
    ATOLL_CANDIDATE: `${own}candidate/`,
    ATOLL_STORE_ACCOUNT: env.accounts.research,
    ATOLL_END: endOfGrant(grant),
  };
}

import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { PlacedModel, Server } from '../../../schema/placement/place';
import { serverConfigSchema, type ServerModel } from '../../../schema/server-config';
import { servingNames } from '../../../schema/serving-names';
import type { Finding } from '../../finding';
import { finding } from '../way';
import { isCommon, releaseOf } from './released';

/**
 * What a loader is told is what lies on its server by the record of places: each model in its owner's own bucket, by the digest that is released, and
 * none besides.
 */
export function proveServerConfiguration(
  environment: Environment,
  server: Server,
  value: unknown,
  subject: string,
): readonly Finding[] {
  const parsed = serverConfigSchema.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) =>
      finding('not-understood', subject, `${path.join('.')}: ${message}`),
    );
  const config = parsed.data;
  const told: readonly ServerModel[] = config.engine === 'vllm' ? [config.base, ...config.models] : config.models;
  const findings: Finding[] = [];
  const open = (what: string): void => {
    findings.push(finding('open', subject, `whose models the server has: ${what}`));
  };
  const says = `${config.server}, ${config.engine}, ${config.region}, ${config.account}`;
  const allowed = `${server.id}, ${server.engine}, ${environment.region}, ${environment.accounts.production}`;
  if (says !== allowed) open(`got ${says}, allowed ${allowed}`);
  const left = new Map(server.models.map((placed) => [keyOf(environment, placed), placed]));
  for (const model of told) {
    const tenant = 'tenant' in model ? model.tenant : undefined;
    const key = JSON.stringify([tenant ?? '', model.type]);
    const named = `${model.type} of ${tenant ?? 'everybody'}`;
    if (!left.delete(key)) {
      open(`got ${named}, allowed what is placed on ${server.id}, each once`);
      continue;
    }
    const owner = environment.tenants.find(({ id }) => id === tenant);
    if (tenant !== undefined && owner?.state !== 'active')
      open(`${named}: got a tenant that is not active, allowed none`);
    const bucket = tenant === undefined ? servingNames.bucket(environment) : tenantNames.bucket(environment, tenant);
    if (model.bucket !== bucket) open(`${named}: got the bucket ${model.bucket}, allowed ${bucket}`);
    const digest =
      tenant === undefined
        ? environment.releases.common[model.type]
        : environment.releases.tenants[tenant]?.[model.type];
    if (model.digest !== digest)
      open(`${named}: got ${model.digest}, allowed ${digest ?? 'none: nothing is released'}`);
  }
  for (const placed of left.values())
    if (releaseOf(environment, placed) !== undefined)
      findings.push(
        finding(
          'closed',
          subject,
          `${placed.model} of ${placed.tenant ?? 'everybody'}: got none, allowed one: it is released, and placed here`,
        ),
      );
  return findings;
}

/** A copy of a common model for one tenant is everybody's weights. */
const keyOf = (environment: Environment, { model, tenant }: PlacedModel): string =>
  JSON.stringify([isCommon(environment, model) ? '' : (tenant ?? ''), model]);

import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import type { Finding, ProofResult } from '../finding';
import { Engine } from '../iam/engine';
import { readKnowledge } from '../iam/knowledge';
import { NotUnderstood } from '../iam/not-understood';
import { auditRoles, guardRailsOf } from '../iam/read-audit';
import { readWorld } from '../iam/read-world';
import type { Policy } from '../iam/policy';
import { Solver } from '../iam/solver';
import type { World } from '../iam/world';
import type { TemplateResource } from '../output/cloud-assembly';
import type { AuditOutput } from '../output/audit-account';
import type { Output } from '../output/output';
import { UnreadableOutput } from '../output/unreadable';
import { askAssets } from './ask-assets';
import { askEndpoints } from './ask-endpoints';
import { askEvidence } from './ask-evidence';
import { askFlowLogs } from './ask-flow-logs';
import { askFunctions } from './ask-functions';
import { askGrantRecords } from './ask-grant-records';
import { askHeld } from './ask-held';
import { askStacks } from './ask-stacks';
import { askFurther } from './ask-further';
import { askFederations } from './ask-federations';
import { askPowers } from './ask-powers';
import { askRoom } from './ask-room';
import { askTrusts } from './ask-trusts';
import { askSubscriptions } from './ask-wiring';
import { declaredWays } from './declared';
import { declaredServices } from './declared-services';
import type { DeclaredWay } from './declared-way';
import { functionRooms } from './function-rooms';
import { namesOf } from './names-of';
import { RoleReach } from './reach';
import { registryRooms } from './registry-rooms';
import { roleRooms } from './role-rooms';
import type { Room } from './room';
import { Sameness } from './sameness';
import type { Asking } from './spot';
import { storeRooms } from './store-rooms';
import { type DeclaredOfTenant, tenantRoom } from './tenant-room';
import { toldTags } from './told-tags';
import { tenantClasses, type TenantClass } from './tenant-classes';

export interface IsolationOptions {
  /** A solver that is running: it keeps answers, and whoever started it stops it. @default - one of its own */
  readonly solver?: Solver;
  /** Told of each tenant that is asked about. @default - nobody */
  readonly progress?: (text: string) => void;
}

export interface IsolationResult extends ProofResult {
  readonly classes: readonly TenantClass[];
  /** Roles that have no declared way on anything, by stack and logical id. */
  readonly closedTo: readonly string[];
}

/**
 * Proves over the policies that were synthesized that no principal reaches a tenant's data by a way that is not declared, and that every declared
 * way is open. Never throws for what it cannot read: that is a finding.
 */
export async function proveIsolation(
  env: Environment,
  output: Output,
  options: IsolationOptions = {},
): Promise<IsolationResult> {
  // It starts while the classes are made.
  const starting = options.solver ?? Solver.start();
  try {
    return await prove(env, output, starting, options.progress);
  } catch (error) {
    if (!(error instanceof NotUnderstood || error instanceof UnreadableOutput)) throw error;
    return notUnderstood(error.faults.map((fault) => placed(fault, env.name)));
  } finally {
    if (options.solver === undefined) await (await starting).stop();
  }
}

/** Nothing was asked: what is there says too little. */
const notUnderstood = (faults: readonly Pick<Finding, 'subject' | 'message'>[]): IsolationResult => ({
  findings: faults.map((fault) => ({ proof: 'isolation', kind: 'not-understood', ...fault })),
  covered: {},
  classes: [],
  closedTo: [],
});

/** A fault begins with its place, such as a stack and a logical id with a path, where it has one. */
function placed(fault: string, otherwise: string): Pick<Finding, 'subject' | 'message'> {
  const [, subject = otherwise, message = fault] = /^(\S+(?: \([^)]*\))?): (.+)$/s.exec(fault) ?? [];
  return { subject, message };
}

/** Services whose keys our policies name without a resource of theirs in the proof. */
const FURTHER_SERVICES = ['ec2', 'eks', 'elasticloadbalancing', 'firehose', 'cloudwatch', 'events', 'ssm'];

async function prove(
  env: Environment,
  output: Output,
  starting: Solver | Promise<Solver>,
  progress: (text: string) => void = () => undefined,
): Promise<IsolationResult> {
  const present = env.tenants.filter(({ state }) => state !== 'erased');
  const ids = present.map(({ id }) => id);
  const made = new Set(output.stacks.map(({ id }) => id));
  const missing = ids.filter((id) => !made.has(`tenant-${id}`));
  if (missing.length > 0)
    return notUnderstood(
      missing.map((id) => ({
        subject: `tenant-${id}`,
        message: 'got no stack, allowed one for every tenant that is not erased; run the synth again',
      })),
    );
  // Here and not later: the solver is read meanwhile, and then compiled while the stacks are read.
  const knowledge = await readKnowledge(FURTHER_SERVICES);
  const declared = new Map(
    present.map((tenant) => [
      tenant.id,
      { ways: declaredWays(env, tenant), services: declaredServices(env, tenant) } satisfies DeclaredOfTenant,
    ]),
  );
  const audit = auditOf(env, output);
  const rails = audit.guardRails();
  const classes = tenantClasses(ids, output.stacks, {
    declared: (id) => JSON.stringify(declared.get(id)),
    namesOf: (id) => namesOf(env, id),
    beside: [...rails, ...audit.resources()].map((value) => ({ place: `audit/${value.name}`, value })),
  });
  const asked = new Set(classes.flatMap((one) => one.asked));
  const standing = new Set(classes.flatMap((one) => one.standing));
  const left = new Set(ids.filter((id) => !standing.has(id)).map((id) => `tenant-${id}`));
  const stacks = output.stacks.filter(({ id }) => !left.has(id));
  const world = readWorld(stacks, {
    organisation: env.organizationId,
    guardRails: guardRailsOf(rails, [env.accounts.production, env.accounts.research]),
    roles: auditRoles(audit),
  });
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const template = (place: string): TemplateResource | undefined => {
    const [stack = '', id = ''] = place.split('/');
    return byName.get(stack)?.template().Resources[id];
  };
  const besides = beside(world);
  const asking: Asking = {
    env,
    engine: new Engine(world, knowledge, await starting),
    sameness: new Sameness(
      env.grants.map(({ id }) => id),
      besides,
      (of) => (declared.has(of) ? namesOf(env, of) : []),
      toldTags(world, besides),
    ),
    stacks,
    template,
    findings: [],
    holders: new Set(),
    counts: { 'ways shown open by a request': 0, 'questions that must be refused': 0, 'actions behind them': 0 },
  };
  const reach = new RoleReach(knowledge);
  const tenants: Room[] = [];
  for (const tenant of present) {
    const meant = declared.get(tenant.id);
    if (meant === undefined || !asked.has(tenant.id)) continue;
    progress(tenant.id);
    const room = tenantRoom(asking, tenant, meant);
    tenants.push(room);
    askRoom(asking, room, reach);
  }
  const stores = storeRooms(asking, asked);
  const takeovers = [...roleRooms(asking), ...functionRooms(asking), ...registryRooms(asking)];
  for (const room of [...stores, ...takeovers]) askRoom(asking, room, reach);
  askPowers(asking);
  askFurther(asking, [...tenants, ...stores, ...takeovers]);
  askAssets(asking);
  askTrusts(asking);
  askFederations(asking);
  askEndpoints(asking);
  askSubscriptions(asking);
  askStacks(asking, output.stacks);
  askFunctions(asking);
  askEvidence(asking);
  askGrantRecords(asking);
  askFlowLogs(asking);
  askHeld(asking);
  const tenantRoles = new Set(present.map(({ id }) => tenantNames.roleArn(env, id)));
  return {
    classes,
    closedTo: [...world.roles.values()]
      .filter((role) => !asking.holders.has(role.arn) && !tenantRoles.has(role.arn))
      .map(({ where }) => where)
      .toSorted(),
    findings: asking.findings,
    covered: {
      tenants: ids.length,
      'classes of tenants': classes.length,
      'tenants asked about': asked.size,
      'pairs of tenants': ids.length * (ids.length - 1),
      roles: world.roles.size,
      'pairs of a role and a tenant': world.roles.size * ids.length,
      'stores, workgroups, databases, secrets and keys asked about': stores.flatMap(({ resources }) => resources)
        .length,
      'roles of the platform, functions and repositories asked about': takeovers.flatMap(({ resources }) => resources)
        .length,
      'declared ways': sum(Array.from(declared.values(), ({ ways }) => open(ways))),
      ...asking.counts,
      'groups of questions that are the same up to a name': asking.sameness.repeated,
    },
  };
}

function auditOf({ accounts: { audit } }: Environment, { audits }: Output): AuditOutput {
  const found = audits.find(({ account }) => account === audit);
  if (found !== undefined) return found;
  throw new UnreadableOutput([`audit/${audit}: got no output of the audit account, allowed one; run the synth first`]);
}

/** Policies that have a say in requests besides those of roles and resources. */
const beside = ({ endpoints, guardRails }: World): Policy[] => [
  ...endpoints.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
  ...(guardRails === undefined ? [] : [...guardRails.scps, ...guardRails.rcps].flat()),
];

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
/** Ways by their actions, without those that only one lock lets through. */
const open = (ways: readonly DeclaredWay[]): number =>
  sum(ways.filter(({ by }) => by === undefined).map(({ actions }) => actions.length));

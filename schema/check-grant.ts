import type { EnvironmentConfig } from './environment';
import { checkGrantSources } from './check-grant-sources';
import { alternatives, allowedNames, meant, show, type Report } from './faults';
import {
  GRANT_MAX_DAYS,
  type Grant,
  JUSTIFICATION_MIN_CHARACTERS,
  MILLISECONDS_A_DAY,
  SESSION_PEOPLE_MAX,
} from './grant';
import type { Sparse } from './sparse';
import type { TenantState } from './vocabulary';

/** What a grant's rules must know of a tenant; undefined parts are faulty in its own file and reported there. */
export interface KnownTenant {
  readonly state: TenantState | undefined;
  readonly classes: ReadonlySet<string> | undefined;
}

export interface GrantContext {
  readonly env: Sparse<EnvironmentConfig>;
  /** By id; undefined where the tenants' folder cannot be read. */
  readonly tenants: ReadonlyMap<string, KnownTenant> | undefined;
  /** The day on which the days of a grant are judged, YYYY-MM-DD; undefined judges none. */
  readonly today: string | undefined;
}

/** The rules between a grant's file, its name, the tenants it opens and the day. */
export function checkGrant(grant: Sparse<Grant>, context: GrantContext, report: Report): void {
  checkTeam(grant, context, report);
  checkPeople(grant, report);
  checkJustification(grant.justification, report);
  checkTenants(grant, context, report);
  checkSomething(grant, report);
  checkGrantSources(grant, context.env, report);
  grant.classes?.forEach((dataClass, i) => {
    if (dataClass !== undefined && grant.classes?.indexOf(dataClass) !== i)
      report(['classes', i], `${show(dataClass)} again`, 'each class at most once', 'remove one of the two');
  });
  grant.ways?.forEach((way, i) => {
    if (way !== undefined && grant.ways?.indexOf(way) !== i)
      report(['ways', i], `${show(way)} again`, 'each way at most once', 'remove one of the two');
  });
  checkDays(grant, context.today, report);
}

function checkTeam(grant: Sparse<Grant>, { env }: GrantContext, report: Report): void {
  const teams = env.researchTeams;
  if (grant.team === undefined || teams === undefined || teams.some((team) => team?.id === undefined)) return;
  const ids = teams.flatMap((team) => team?.id ?? []);
  if (!ids.includes(grant.team))
    report(['team'], show(grant.team), allowedNames(ids, 'research teams'), meant(grant.team, ids, 'name one of them'));
}

/** Mailboxes are the same in capitals: whoever approves in another spelling would approve a grant of his own. */
const mailbox = (address: string): string => address.trim().toLowerCase();

function checkPeople({ people, approver, ways }: Sparse<Grant>, report: Report): void {
  const known = (people ?? []).map((person) => person && mailbox(person));
  people?.forEach((person, i) => {
    if (person !== undefined && known.indexOf(mailbox(person)) < i)
      report(['people', i], `${show(person)} again`, 'each person at most once', 'remove one of the two');
  });
  if (ways?.includes('sessions') === true && (people?.length ?? 0) > SESSION_PEOPLE_MAX)
    report(
      ['people'],
      `${people?.length ?? 0} people of a grant that opens sessions`,
      `at most ${SESSION_PEOPLE_MAX} (quota: trust policy)`,
      'make two grants of it, or take sessions out of ways',
    );
  if (approver !== undefined && known.includes(mailbox(approver)))
    report(['approver'], show(approver), 'allowed a person who is not among people', 'let somebody else approve');
}

/** The schema counts characters, and blanks are some. */
function checkJustification(justification: string | undefined, report: Report): void {
  const said = justification?.replace(/[\s\p{C}]+/gu, ' ').trim();
  if (said !== undefined && said.length < JUSTIFICATION_MIN_CHARACTERS)
    report(
      ['justification'],
      `${show(justification)} (${said.length} characters without blanks around them)`,
      `at least ${JUSTIFICATION_MIN_CHARACTERS} characters`,
      'say why in a sentence',
    );
}

function checkTenants(grant: Sparse<Grant>, { tenants }: GrantContext, report: Report): void {
  grant.tenants?.forEach((id, i) => {
    if (id === undefined) return;
    const path = ['tenants', i];
    if (grant.tenants?.indexOf(id) !== i)
      report(path, `${show(id)} again`, 'each tenant at most once', 'remove one of the two');
    if (tenants === undefined) return;
    const tenant = tenants.get(id);
    if (tenant === undefined) {
      const ids = [...tenants.keys()];
      report(path, show(id), allowedNames(ids, 'tenants'), meant(id, ids, 'name one of them'));
      return;
    }
    if (tenant.state === 'erasing' || tenant.state === 'erased')
      report(path, `${show(id)}, which is ${tenant.state}`, 'allowed active or suspended tenants', 'take it out');
    const { classes } = tenant;
    if (classes === undefined) return;
    for (const dataClass of new Set(grant.classes))
      if (dataClass !== undefined && !classes.has(dataClass))
        report(
          path,
          show(id),
          `allowed tenants that hand over class '${dataClass}' (it has ${alternatives([...classes])})`,
          'take out the tenant or the class',
        );
  });
}

/** A grant opens tenants' classes, sources, or both: one that opens nothing would be a role that nobody can use and everybody has to judge. */
function checkSomething({ tenants, classes, sources }: Sparse<Grant>, report: Report): void {
  if (tenants === undefined) return;
  if (tenants.length === 0 && sources?.length === 0)
    report(['tenants'], show(tenants), 'at least 1 in the list where sources is empty', 'name what the grant opens');
  if (tenants.length > 0 && classes?.length === 0)
    report(['classes'], show(classes), 'at least 1 in the list', 'add to it');
  if (tenants.length === 0 && (sources?.length ?? 0) > 0 && (classes?.length ?? 0) > 0)
    report(
      ['classes'],
      show(classes),
      'allowed [] where tenants is empty',
      'name the tenants, or take the classes out',
    );
}

function checkDays(grant: Sparse<Grant>, today: string | undefined, report: Report): void {
  const { issued, expires } = grant;
  if (issued !== undefined && today !== undefined && issued > today)
    report(['issued'], show(issued), `at most today, '${today}'`, 'correct the day, or add the grant when it comes');
  if (expires !== undefined && today !== undefined && expires < today)
    report(
      ['expires'],
      show(expires),
      `at least today, '${today}'`,
      'remove the grant, or issue a new one with a ticket of its own',
    );
  if (issued === undefined || expires === undefined) return;
  const days = (Date.parse(expires) - Date.parse(issued)) / MILLISECONDS_A_DAY;
  if (days < 0)
    report(['expires'], show(expires), `at least '${issued}', the day of issued`, 'correct one of the two days');
  if (days > GRANT_MAX_DAYS)
    report(
      ['expires'],
      `${show(expires)}, ${days} days after issued`,
      `at most ${GRANT_MAX_DAYS} days after issued`,
      'expire it earlier and renew it in time',
    );
}

import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Fields } from '../objects/kubernetes-object';
import { openWay, type Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { coreWrite, jobOf, jobWrite, type Marks, marksOf, podOfJob, TEAM_MARKS } from './grant-scene';
import { type Identity, identities } from './identities';
import type { Battlefield } from './pod-attacks';
import { member, podOf, type Team } from './team-scene';

/** What an attempt within the team's namespace opens, and what is declared and refused there. */
export interface GrantAttacks {
  readonly ways: readonly Way[];
  readonly findings: readonly Finding[];
}

/** Ways into a running pod that the API server opens: the team has a right to one of them. */
const DOORS = ['pods/portforward', 'pods/exec', 'pods/attach', 'pods/proxy'] as const;
const DOOR_OF_THE_TEAM = 'pods/portforward';

/** What a person of the team who is outside of a grant may try on it, and whatever would let its pods pass for others'. */
export function grantAttacks(environment: Environment, field: Battlefield, team: Team): GrantAttacks {
  const grants = environment.grants.filter((grant) => grant.team === team.id);
  const everyone = [...new Set(environment.grants.flatMap(({ people }) => people))];
  const parts = grants.map(({ id, people }): GrantAttacks => {
    const scene: Scene = {
      field,
      grant: id,
      people: people.map((name) => [name, member(team, name)] as const),
      others: [...everyone, 'member@example.com']
        .filter((name) => !people.includes(name))
        .map((name) => [name, member(team, name)] as const),
    };
    const pod = podOf(environment, teamNames.grantServiceAccount(id));
    const own = podOf(environment, teamNames.serviceAccount);
    return {
      ways: [
        ...doors(scene, marksOf(id).name),
        ...mapAttacks(scene),
        ...(pod === undefined || own === undefined ? [] : maskAttacks(scene, pod, own)),
      ],
      findings: honest(scene),
    };
  });
  const gone: Scene = { field, grant: 'zqother', people: [], others: [['member@example.com', member(team)]] };
  return {
    ways: [...parts.flatMap(({ ways }) => ways), ...doors(gone, marksOf(gone.grant).name)],
    findings: parts.flatMap(({ findings }) => findings),
  };
}

interface Scene {
  readonly field: Battlefield;
  readonly grant: string;
  readonly people: readonly (readonly [string, Identity])[];
  readonly others: readonly (readonly [string, Identity])[];
}

const subjectOf = ({ court, namespace }: Battlefield): string => `${court.cluster}: ${namespace.name}`;

function doors({ field, grant, others }: Scene, name: string): readonly Way[] {
  return others.flatMap(([who, by]) =>
    DOORS.map((door): Way => {
      const attempt = { ...coreWrite(by, field.namespace, door, {}, 'CONNECT'), name };
      return {
        subject: subjectOf(field),
        what: `${field.owner}: ${who} enters a pod of grant ${grant}, which does not name them, by ${door}`,
        locks: [
          ...(door === DOOR_OF_THE_TEAM ? [] : [rightsLock(field.grants, attempt)]),
          field.court.lock('connections to pods', attempt),
        ],
      };
    }),
  );
}

/** ConfigMaps that the grant's pods mount, written by others than its people, and its scope by anybody but the platform. */
function mapAttacks({ field, grant, people, others }: Scene): readonly Way[] {
  const scope = teamNames.grantScope(grant);
  const recipe = `${teamNames.grantPrefix(grant)}recipe`;
  const targets = [
    ...others.flatMap(([who, by]) =>
      [scope, recipe].map((name) => [`${who}, whom it does not name,`, by, name] as const),
    ),
    ...people.map(([who, by]) => [who, by, scope] as const),
  ];
  return targets.flatMap(([who, by, name]) =>
    (['CREATE', 'UPDATE', 'DELETE'] as const).map((operation): Way => {
      const attempt = mapWrite(field, by, name, operation);
      return {
        subject: subjectOf(field),
        what: `${field.owner}: ${who} writes ConfigMap ${name} of grant ${grant} (${operation})`,
        locks: [
          ...(operation === 'UPDATE' ? [rightsLock(field.grants, attempt)] : []),
          field.court.lock('ConfigMaps', attempt),
        ],
      };
    }),
  );
}

function mapWrite({ namespace }: Battlefield, by: Identity, name: string, operation: Attempt['operation']): Attempt {
  const map: Fields = { metadata: { name } };
  const write = coreWrite(by, namespace, 'configmaps', operation === 'DELETE' ? null : map, operation);
  return operation === 'CREATE' ? write : { ...write, oldObject: map };
}

/** A pod of the grant's that does not look like one, one of the team's that does, and one that takes what others write. */
function maskAttacks({ field, grant, people }: Scene, pod: Fields, own: Fields): readonly Way[] {
  const [first] = people;
  if (first === undefined) return [];
  const [, by] = first;
  const right = marksOf(grant);
  const other = marksOf('zqother');
  const [container] = pod['containers'] as readonly Fields[];
  const given = { name: 'made-up' };
  const within = (more: Fields): Fields => ({ ...pod, containers: [{ ...container, ...more }] });
  const before = (more: Fields): Fields => ({ ...pod, initContainers: [{ ...container, name: 'first', ...more }] });
  const volume = (more: Fields): Fields => ({ ...pod, volumes: [{ name: 'code', ...more }] });
  const variable = { env: [{ name: 'X', valueFrom: { configMapKeyRef: { ...given, key: 'x' } } }] };
  const variables = { envFrom: [{ configMapRef: given }] };
  const masks: readonly (readonly [what: string, pod: Fields, marks: Marks])[] = [
    [`runs as grant ${grant} under another name`, pod, { ...right, name: TEAM_MARKS.name }],
    [`runs as grant ${grant} under the name of another grant`, pod, { ...right, name: other.name }],
    [`runs as grant ${grant} without its label`, pod, { ...right, labels: {} }],
    [`runs as grant ${grant} with the label of another grant`, pod, { ...right, labels: other.labels }],
    [`takes the name of grant ${grant}`, own, { ...TEAM_MARKS, name: right.name }],
    [`takes the label of grant ${grant}`, own, { ...TEAM_MARKS, labels: right.labels }],
    [`runs as grant ${grant} and mounts a ConfigMap that the team writes`, volume({ configMap: given }), right],
    [
      `runs as grant ${grant} and mounts a ConfigMap that the team writes among others`,
      volume({ projected: { sources: [{ configMap: given }] } }),
      right,
    ],
    [`runs as grant ${grant} and takes a variable from a ConfigMap that the team writes`, within(variable), right],
    [`runs as grant ${grant} and takes its variables from a ConfigMap that the team writes`, within(variables), right],
    [
      `runs as grant ${grant} and first takes a variable from a ConfigMap that the team writes`,
      before(variable),
      right,
    ],
    [
      `runs as grant ${grant} and first takes its variables from a ConfigMap that the team writes`,
      before(variables),
      right,
    ],
  ];
  const { court, namespace, grants } = field;
  return masks.flatMap(([what, spec, marks]) =>
    (['CREATE', 'UPDATE'] as const).map((operation): Way => {
      const job = jobWrite(by, namespace, jobOf(spec, marks), operation);
      const made = coreWrite(identities.jobController, namespace, 'pods', podOfJob(spec, marks), operation);
      return {
        subject: subjectOf(field),
        what: `${field.owner}: a pod that ${what} (${operation})`,
        locks: [
          ...(operation === 'UPDATE' ? [rightsLock(grants, job)] : []),
          court.lock('Jobs', job),
          court.lock('Pods', made),
        ],
      };
    }),
  );
}

/** The grant's people go into its pods and write what these run; Flux writes its scope; the team's own are as free as they were. */
function honest({ field, grant, people, others }: Scene): readonly Finding[] {
  const { court, namespace, owner } = field;
  const subject = subjectOf(field);
  const scope = teamNames.grantScope(grant);
  const recipe = `${teamNames.grantPrefix(grant)}recipe`;
  const enters = (by: Identity, name: string): string | undefined =>
    court.refused({ ...coreWrite(by, namespace, DOOR_OF_THE_TEAM, {}, 'CONNECT'), name });
  const writes = (who: string, by: Identity, name: string, operations: readonly Attempt['operation'][]): Finding[] =>
    operations.flatMap((operation) =>
      openWay(
        subject,
        `${owner}: ${who} writes ConfigMap ${name} (${operation})`,
        court.refused(mapWrite(field, by, name, operation)),
      ),
    );
  return [
    ...people.flatMap(([who, by]) => [
      ...openWay(subject, `${owner}: ${who} enters a pod of grant ${grant}`, enters(by, marksOf(grant).name)),
      ...writes(who, by, recipe, ['CREATE', 'DELETE']),
    ]),
    ...writes('Flux', identities.flux, scope, ['CREATE', 'UPDATE', 'DELETE']),
    ...writes('the namespace controller', identities.namespaceController, scope, ['DELETE']),
    ...others.flatMap(([who, by]) => [
      ...openWay(subject, `${owner}: ${who} enters a pod of the team's own`, enters(by, TEAM_MARKS.name)),
      ...writes(who, by, 'made-up', ['CREATE', 'DELETE']),
    ]),
  ];
}

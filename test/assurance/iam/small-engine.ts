import { afterAll, beforeAll } from '@jest/globals';
import { Engine } from '../../../assurance/iam/engine';
import { type Knowledge, readKnowledge } from '../../../assurance/iam/knowledge';
import type { Principal, Query } from '../../../assurance/iam/query';
import { Solver } from '../../../assurance/iam/solver';
import type { Resource, Role, World } from '../../../assurance/iam/world';
import { allow, HERE, identityPolicy, resourcePolicy, role, smallWorld } from './small-world';

let knowledge: Knowledge;
let solver: Solver;

// Once for each test file, where it is imported.
beforeAll(async () => {
  knowledge = await readKnowledge();
  solver = await Solver.start();
});
afterAll(() => solver.stop());

export const engineOf = (world: World): Engine => new Engine(world, knowledge, solver);

type Asked = Omit<Query, 'principal' | 'action' | 'target'>;
export const GET = allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::it/*' });
export const BY = (principal: string): object => ({ ...GET, Principal: { AWS: principal } });
export const R = `arn:aws:iam::${HERE}:role/r`;

/** Whether somebody may do something with a resource: read an object of a bucket, decrypt with a key. */
export function ask(world: World, principal: Principal, resource: Resource, asked: Asked = {}): boolean {
  const [action, type] = resource.kind === 'kms:key' ? ['kms:Decrypt', 'key'] : ['s3:GetObject', 'object'];
  return engineOf(world).isAllowed({ principal, action, target: { resource, type }, ...asked }) !== undefined;
}
export const asRole = (own: Role, resource: Resource, asked: Asked = {}, over: Partial<World> = {}): boolean =>
  ask({ ...smallWorld({ roles: [own] }), ...over }, { kind: 'role', arn: own.arn }, resource, asked);

export const withRights = (account = HERE, over: Partial<Role> = {}): Role =>
  role(account, 'r', { policies: [identityPolicy(GET)], ...over });
export const withoutRights = (over: Partial<Role> = {}): Role => role(HERE, 'r', over);
export const policies = (...statements: object[]): Partial<Resource> => ({
  policies: [resourcePolicy(...(statements as Record<string, unknown>[]))],
});

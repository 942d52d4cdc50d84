import type { ModelTypeInput } from './model-type';
import type { DataClass, Purpose } from './vocabulary';

/**
 * What a training may be made of, in types: a spec that names more data than its model's scope holds does not compile. What is written in files is
 * held to the same rule by `checkScope` (training/check-scope.ts). docs/decisions/0028-training.md
 */
declare const brand: unique symbol;
/** Has no value at run time: only the makers below give it, so that no object of another origin passes. */
interface Branded<B extends string> {
  readonly [brand]: B;
}

/** One name that the compiler knows: of any text, and of one of several, it could not say whose data it is. */
type One<T extends string> = string extends T ? never : [T] extends [UnionToIntersection<T>] ? T : never;
/** Names that the compiler knows, one or more. */
type Known<T extends string> = string extends T ? never : T;
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;

/** Data of one tenant: classes of what its pipelines made. */
export interface TenantData<T extends string, C extends DataClass> extends Branded<'data'> {
  readonly kind: 'tenant';
  readonly tenant: T;
  readonly classes: readonly C[];
}

/** All that a grant opens. A training has the rights of the grant, so that what it does not mean to read counts as well. */
export interface GrantData<P extends Purpose, C extends DataClass, K extends string> extends Branded<'data'> {
  readonly kind: 'grant';
  readonly grant: string;
  readonly purpose: P;
  readonly classes: readonly C[];
  readonly corpora: readonly K[];
}

/** The model of one tenant, with the classes that its type may be trained on. */
export interface ModelOfTenant<T extends string, C extends DataClass> extends Branded<'model'> {
  readonly scope: 'tenant';
  readonly type: string;
  readonly tenant: T;
  readonly classes: readonly C[];
}

/** A model of all tenants, with the classes of granted data and the corpora that its type may be trained on. */
export interface ModelOfAll<C extends DataClass, K extends string> extends Branded<'model'> {
  readonly scope: 'common';
  readonly type: string;
  readonly classes: readonly C[];
  readonly corpora: readonly K[];
}

export type AnyModel = ModelOfTenant<string, DataClass> | ModelOfAll<DataClass, string>;

/** All data that fits a model: for a tenant's its own, for one of all tenants what a grant for training opens, within the classes of its type. */
export type DataFor<M extends AnyModel> =
  M extends ModelOfTenant<infer T, infer C>
    ? TenantData<T, C>
    : M extends ModelOfAll<infer C, infer K>
      ? GrantData<'model-training', C, K>
      : never;

/** A training whose data lies within its model's scope. */
export interface TrainingSpec<M extends AnyModel = AnyModel> extends Branded<'training'> {
  readonly model: M;
  /** @default - none: it begins with open weights and what its image brings */
  readonly data?: DataFor<M>;
}

type TenantType = Extract<ModelTypeInput, { scope: 'tenant' }>;
type CommonType = Extract<ModelTypeInput, { scope: 'common' }>;
/** A type of the catalogue with its own literals. One that is declared as any type of model has lost them. */
type Literal<M extends { readonly id: string }> = M & { readonly id: One<M['id']> };
type Granted<M> = M extends { training: { grantedClasses: readonly (infer C extends DataClass)[] } } ? C : never;
type Corpora<M> = M extends { training: { corpora: readonly (infer K extends string)[] } }
  ? string extends K
    ? never
    : K
  : never;

/** Data of a tenant. */
export const tenantData = <const T extends string, const C extends DataClass>(
  tenant: T & One<T>,
  classes: readonly C[],
): TenantData<T, C> => ({ kind: 'tenant', tenant, classes }) as unknown as TenantData<T, C>;

/** What a grant opens, said once more so that the compiler knows it; whoever makes the Job compares it with the grant's file. */
export const grantData = <const P extends Purpose, const C extends DataClass = never, const K extends string = never>(
  grant: string,
  opens: { readonly purpose: P; readonly classes?: readonly C[]; readonly corpora?: readonly Known<K>[] },
): GrantData<P, C, K> =>
  ({
    kind: 'grant',
    grant,
    purpose: opens.purpose,
    classes: opens.classes ?? [],
    corpora: opens.corpora ?? [],
  }) as unknown as GrantData<P, C, K>;

/** The model that a tenant has of a type. */
export const modelOfTenant = <const M extends TenantType, const T extends string>(
  type: Literal<M>,
  tenant: T & One<T>,
): ModelOfTenant<T, M['training']['classes'][number]> =>
  ({ scope: 'tenant', type: type.id, tenant, classes: type.training.classes }) as unknown as ModelOfTenant<
    T,
    M['training']['classes'][number]
  >;

/** The model of a type that all tenants share. */
export const modelOfAll = <const M extends CommonType>(type: Literal<M>): ModelOfAll<Granted<M>, Corpora<M>> =>
  ({
    scope: 'common',
    type: type.id,
    classes: type.training?.grantedClasses ?? [],
    corpora: type.training?.corpora ?? [],
  }) as unknown as ModelOfAll<Granted<M>, Corpora<M>>;

/** A training of a model, on data that lies within its scope or does not compile. */
export const trainingSpec = <M extends AnyModel>(model: M, data?: NoInfer<DataFor<M>>): TrainingSpec<M> =>
  ({ model, ...(data === undefined ? {} : { data }) }) as unknown as TrainingSpec<M>;

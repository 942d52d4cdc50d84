declare const scoped: unique symbol;

/** A training whose data was held against its model's scope. What makes Jobs takes no other. */
export type Scoped<T> = T & { readonly [scoped]: true };

/** Says of a training that `checkScope` found no fault in it; whoever calls it has asked. */
export const asScoped = <T extends object>(checked: T): Scoped<T> => checked as Scoped<T>;

import type { ObjectMeta } from '../object';

/** Metadata of a kind that lies in a namespace. */
export type Namespaced = ObjectMeta & { readonly namespace: string };

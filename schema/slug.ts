import { z } from 'zod';

/** A short name that becomes part of names in Kubernetes and AWS. */
export const slugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 2 to 20 characters');

/** The name of something that is defined elsewhere. Its form is not judged: where it is not found, the fault says which ones there are. */
export const referenceSchema = z.string().min(1).max(64);

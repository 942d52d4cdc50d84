import { z } from 'zod';

/**
 * The contract between the pod of a workbench, the entry point in it (`services/workbench`) and the command that prints its Job.
 * docs/decisions/0031-a-workbench.md
 */

/** What a person works in. */
export const WORKBENCH_KINDS = ['jupyter', 'code-server'] as const;
export type WorkbenchKind = (typeof WORKBENCH_KINDS)[number];

/** TCP port on which it listens, at the pod's own loopback address alone. */
export const WORKBENCH_PORT = 8888;
/** Hours that it may run, from the moment at which its pod starts. */
export const WORKBENCH_HOURS = { least: 1, most: 12, usual: 8 } as const;
/** Minutes without anybody after which it ends. code-server takes more than one; less than ten would end it over a coffee. */
export const WORKBENCH_IDLE_MINUTES = { least: 10, most: 240, usual: 60 } as const;
/** Seconds between SIGTERM and SIGKILL of the pod, in which the server writes what its people have open. */
export const WORKBENCH_GRACE_SECONDS = 60;
/** Seconds of these that the server has. */
export const WORKBENCH_SERVER_GRACE_SECONDS = 45;
/** Folder that a person writes in. It goes with the pod. */
export const WORKBENCH_HOME = '/home/workbench';
/** Where the server's own words go, below the home: they may name files, and the pod's output is read by all of the team. */
export const WORKBENCH_LOG = '.workbench.log';

/** How it ends. Each but `ended` makes the Job a failed one. */
export const WORKBENCH_EXITS = {
  /** Idle, at the end of its time, or because its person ended it. */
  ended: 0,
  /** EX_USAGE: its environment; every fault of it is on standard error. */
  environment: 64,
  /** EX_SOFTWARE: the server did not start, or ended by itself with an error. */
  server: 70,
  /** EX_TEMPFAIL: ended by SIGTERM or SIGINT. */
  interrupted: 75,
} as const;

const seconds = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'a whole number of seconds, 1 to 99999')
  .transform(Number);

/** What the pod tells its entry point, by variable. */
export const workbenchEnvironmentSchema = z.strictObject({
  ATOLL_WORKBENCH: z.enum(WORKBENCH_KINDS).describe('What is started.'),
  ATOLL_PUBLIC_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{300,1500}={0,2}$/, 'a public key, DER in base64')
    .describe('Public RSA key of the person, DER (SPKI) in base64: the password is printed encrypted with it.'),
  ATOLL_IDLE_SECONDS: seconds.describe('Seconds without anybody after which it ends.'),
  ATOLL_MAX_SECONDS: seconds.describe('Seconds that it runs at most.'),
  HOME: z.string().regex(/^\//, 'an absolute path of a folder that can be written'),
});
export type WorkbenchEnvironment = z.output<typeof workbenchEnvironmentSchema>;

/** Bits of a person's key, which lives as long as the workbench. */
export const WORKBENCH_KEY_BITS = 3072;

/** The line of its output by which the person's command learns the password. */
export const workbenchReadySchema = z.object({
  event: z.literal('ready'),
  kind: z.enum(WORKBENCH_KINDS),
  /** The password, RSA-OAEP with SHA-256, in base64. */
  sealed: z.base64(),
});
export type WorkbenchReady = z.output<typeof workbenchReadySchema>;

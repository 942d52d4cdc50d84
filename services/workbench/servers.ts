import { WORKBENCH_PORT, type WorkbenchEnvironment, type WorkbenchKind } from '../../schema/workbench';

/** A server as a process: never by a shell. */
export interface Server {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside those of the pod. */
  readonly variables: Readonly<Record<string, string>>;
}

type Asked = Pick<WorkbenchEnvironment, 'ATOLL_IDLE_SECONDS' | 'HOME'> & { readonly port?: number };

const LOOPBACK = '127.0.0.1';
/** Seconds between two looks at kernels and terminals: as often as Jupyter looks whether to go. */
const LOOK_SECONDS = 60;

/**
 * Jupyter goes when nobody has asked it anything for the time and no kernel and no terminal is left, which it looks for every minute. So
 * kernels that compute nothing and terminals that print nothing go first, whether a browser is open or not. One that computes stays, until the
 * time of the workbench ends.
 * @see https://github.com/jupyter-server/jupyter_server/blob/v2.21.1/jupyter_server/serverapp.py shutdown_no_activity (2026-11-26)
 * @see https://github.com/jupyter-server/jupyter_server/blob/v2.21.1/jupyter_server/services/kernels/kernelmanager.py cull_idle_timeout (2026-11-26)
 */
function jupyter({ ATOLL_IDLE_SECONDS: idle, HOME, port = WORKBENCH_PORT }: Asked, password: string): Server {
  const look = Math.min(idle, LOOK_SECONDS);
  const options: Readonly<Record<string, string | number>> = {
    'ServerApp.ip': LOOPBACK,
    'ServerApp.port': port,
    // Another port than the one that is forwarded would be a server that nobody finds.
    'ServerApp.port_retries': 0,
    'ServerApp.root_dir': HOME,
    'ServerApp.shutdown_no_activity_timeout': idle,
    'MappingKernelManager.cull_idle_timeout': idle,
    'MappingKernelManager.cull_interval': look,
    'MappingKernelManager.cull_connected': 'True',
    'TerminalManager.cull_inactive_timeout': idle,
    'TerminalManager.cull_interval': look,
    'PasswordIdentityProvider.allow_password_change': 'False',
  };
  return {
    program: 'jupyter',
    args: ['lab', '--no-browser', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
    variables: { JUPYTER_TOKEN: password },
  };
}

/**
 * code-server goes when no browser has been open for the time; what runs in its terminals is not asked. It is given the password and not a
 * hash: it takes the hash itself for the cookie of who has signed in.
 * @see https://github.com/coder/code-server/blob/v4.139.1/src/node/util.ts isCookieValid (read in the package, 2026-11-26)
 * @see https://github.com/coder/code-server/pull/7539 idle-timeout-seconds (2026-11-26)
 */
function codeServer({ ATOLL_IDLE_SECONDS: idle, HOME, port = WORKBENCH_PORT }: Asked, password: string): Server {
  return {
    program: 'code-server',
    args: [
      `--bind-addr=${LOOPBACK}:${port}`,
      '--auth=password',
      `--idle-timeout-seconds=${idle}`,
      '--disable-telemetry',
      '--disable-update-check',
      HOME,
    ],
    variables: { PASSWORD: password },
  };
}

const SERVERS: Readonly<Record<WorkbenchKind, (asked: Asked, password: string) => Server>> = {
  jupyter,
  'code-server': codeServer,
};

/** The server of a kind, which lets nobody in without the password. */
export const serverOf = (kind: WorkbenchKind, asked: Asked, password: string): Server => SERVERS[kind](asked, password);

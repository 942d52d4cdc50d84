import { expect, test } from '@jest/globals';
import { WORKBENCH_IDLE_MINUTES, WORKBENCH_KINDS } from '../../../schema/workbench';
import { serverOf } from '../../../services/workbench/servers';

const asked = { ATOLL_IDLE_SECONDS: 3600, HOME: '/home/workbench' };

test.each(WORKBENCH_KINDS)(
  '%s listens on the loopback address alone, and is never given its password as an argument',
  (kind) => {
    const { args, variables } = serverOf(kind, asked, 'a-password');
    const text = args.join(' ');
    expect(text).toMatch(/(?:--ServerApp\.ip=127\.0\.0\.1 --ServerApp\.port=8888 |--bind-addr=127\.0\.0\.1:8888 )/);
    expect(text).not.toMatch(/0\.0\.0\.0|a-password|--auth=none|--allow-root|--cert/);
    expect(Object.values(variables)).toEqual(['a-password']);
  },
);

test('code-server is given no hash, which it would take for the cookie of somebody who has signed in', () => {
  expect(Object.keys(serverOf('code-server', asked, 'a-password').variables)).toEqual(['PASSWORD']);
});

test('the least idle time is one that code-server takes', () => {
  expect(serverOf('code-server', asked, 'p').args).toContain('--idle-timeout-seconds=3600');
  expect(WORKBENCH_IDLE_MINUTES.least * 60).toBeGreaterThan(60);
});

test('Jupyter ends kernels and terminals that do nothing before it looks whether to go itself', () => {
  const { args } = serverOf('jupyter', asked, 'p');
  expect(args).toEqual(
    expect.arrayContaining([
      '--ServerApp.shutdown_no_activity_timeout=3600',
      '--MappingKernelManager.cull_idle_timeout=3600',
      '--MappingKernelManager.cull_interval=60',
      '--MappingKernelManager.cull_connected=True',
      '--TerminalManager.cull_inactive_timeout=3600',
    ]),
  );
  expect(args.filter((each) => each.includes('cull_busy'))).toEqual([]);
});

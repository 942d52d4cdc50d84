import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptsOf, type Machine, root, runAway } from '../support/away';
import { temporaryFolder } from '../support/temporary';

const machine = (): Machine => {
  const scratch = temporaryFolder();
  return { checkout: root, scratch, cwd: scratch, env: {} };
};

/** What reaches out, each caught as a careless program would, and the line that it leaves. */
const ATTEMPTS: readonly (readonly [code: string, line: string])[] = [
  ["await fetch('http://127.0.0.1:18999')", 'net 127.0.0.1'],
  ["await fetch('https://127.0.0.2:18999')", 'tls 127.0.0.2'],
  ["require('http').get('http://127.0.0.3:18999')", 'net 127.0.0.3'],
  ["require('https').get('https://127.0.0.4:18999')", 'tls 127.0.0.4'],
  ["require('net').connect(18999, '127.0.0.5')", 'net 127.0.0.5'],
  ["require('net').connect('/tmp/a.sock')", 'net /tmp/a.sock'],
  ["new (require('net').Socket)().connect({ port: 18999 })", 'net localhost'],
  ["require('net').createServer().listen(18999)", 'listen localhost'],
  ["require('tls').connect({ port: 18999, host: '127.0.0.6' })", 'tls 127.0.0.6'],
  ["require('http2').connect('https://127.0.0.7:18999')", 'http2 https://127.0.0.7:18999'],
  ["require('dgram').createSocket('udp4').send('a', 18999, '127.0.0.8')", 'dgram a'],
  ["require('dgram').createSocket('udp4').bind(18999)", 'dgram localhost'],
  ["require('dgram').createSocket('udp4').connect(18999, '127.0.0.9')", 'dgram 127.0.0.9'],
  ["require('dns').lookup('a.example', () => {})", 'dns a.example'],
  ["require('dns').resolveTxt('b.example', () => {})", 'dns b.example'],
  ["await require('dns').promises.lookup('c.example')", 'dns c.example'],
  ["await require('dns/promises').resolve4('d.example')", 'dns d.example'],
  ["new (require('dns').Resolver)().resolve('e.example', () => {})", 'dns e.example'],
  ["await new (require('dns/promises').Resolver)().reverse('127.0.0.1')", 'dns 127.0.0.1'],
  ["await lookup('f.example')", 'dns f.example'],
  ["require('child_process').spawn('curl', ['a'])", 'start curl'],
  ["require('child_process').exec('wget a')", 'start /bin/sh'],
  ["require('child_process').execFile('nc', ['a'])", 'start nc'],
  ["require('child_process').fork('a.js')", `start ${process.execPath}`],
  ["require('child_process').spawnSync('ssh', ['a'])", 'start ssh'],
  ["require('child_process').execSync('dig a')", 'start dig a'],
  ["require('child_process').execFileSync('git', ['fetch'])", 'start git'],
  ["process.dlopen({}, '/tmp/a.node')", 'start /tmp/a.node'],
  ["process.binding('tcp_wrap')", 'binding tcp_wrap'],
  [
    `await new Promise((done) => new (require('worker_threads').Worker)("require('net').connect(18999, '127.0.0.10')", { eval: true }).on('error', () => {}).on('exit', done))`,
    'net 127.0.0.10',
  ],
];

test('each way to the network, or to another program, is refused and written down, though the failure is caught', async () => {
  const here = machine();
  const script = join(here.scratch, 'attempts.mjs');
  const careless = ATTEMPTS.map(([code]) => `try { ${code}; console.log(${JSON.stringify(code)}) } catch {}`);
  const head = [
    "import { createRequire } from 'node:module';",
    "import { lookup } from 'node:dns/promises';",
    'const require = createRequire(import.meta.url);',
  ];
  writeFileSync(script, [...head, ...careless].join('\n'));
  const { status, stdout } = await runAway(here, [script]);
  const passed = stdout
    .trim()
    .split('\n')
    .filter((line) => !line.includes('worker_threads'));
  expect({ status, passed }).toEqual({ status: 0, passed: [] });
  expect(readFileSync(attemptsOf(here), 'utf8').trim().split('\n')).toEqual(ATTEMPTS.map(([, line]) => line));
});

test('the failure names what was asked for', async () => {
  const { stdout } = await runAway(machine(), [
    '-e',
    "fetch('http://127.0.0.1:18999').catch((error) => { console.log(error.cause.message); })",
  ]);
  expect(stdout).toBe('network is unreachable in this test: 127.0.0.1\n');
});

test('a process elsewhere has another clock, alphabet, host, user and umask, in every way to ask', async () => {
  const asked = [
    'new Date().getTime()',
    'Date.now()',
    'Date.parse(Date())',
    'performance.timeOrigin',
    'new Date(2020, 1) instanceof Date && new Date(0).getTime()',
    "['b', 'A', 't', 'z'].sort((a, b) => a.localeCompare(b)).join('')",
    "require('os').hostname()",
    "require('os').userInfo().username",
    'process.umask()',
  ];
  const ask = async (preload: readonly string[], LC_ALL: string): Promise<unknown[]> => {
    const args = ['-p', `JSON.stringify([${asked.join(', ')}])`];
    const { stdout } = await runAway({ ...machine(), preload, env: { LC_ALL } }, args);
    return JSON.parse(stdout) as unknown[];
  };
  const [here, there] = await Promise.all([ask([], 'C'), ask(['elsewhere.cjs'], 'et_EE.UTF-8')]);
  const YEAR = 365.25 * 24 * 3600 * 1000;
  const years = (at: unknown): string => (Math.abs(Number(at) - Date.now()) / YEAR).toFixed(1);
  expect(here.slice(0, 4).map(years)).toEqual(['0.0', '0.0', '0.0', '0.0']);
  expect(there.slice(0, 4).map(years)).toEqual(['7.5', '7.5', '7.5', '7.5']);
  expect(here[5]).toBe('Abtz');
  expect(there.slice(4)).toEqual([0, 'Abzt', 'elsewhere', 'somebody', 0o077]);
});

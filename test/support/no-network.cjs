// Preloaded into a process and, by NODE_OPTIONS, into its children: whatever reaches for the network or starts another program fails
// with the name of what was asked for. Each attempt is a line in the file that ATOLL_ATTEMPTS names, since the failure may be caught.
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const { appendFileSync } = require('node:fs');
const http2 = require('node:http2');
const net = require('node:net');
const tls = require('node:tls');
const { URL } = require('node:url');

const record = process.env.ATOLL_ATTEMPTS;
/** The compiler that tsx starts for each file that it has not met before; a program that is given text and gives text back. */
const COMPILER = /[\\/]@esbuild[\\/][^\\/]+[\\/]bin[\\/]esbuild$/;
/** By which tsx asks whether its own command line, which is not used here, watches the files: it fails, and is no network. */
const WATCHER = /[\\/]tsx-\d+[\\/]\d+\.pipe$/;
/** What Node's own modules are made of. */
const SOCKETS = ['cares_wrap', 'pipe_wrap', 'process_wrap', 'spawn_sync', 'tcp_wrap', 'udp_wrap'];

function attempt(kind, target) {
  if (record !== undefined && !WATCHER.test(target)) appendFileSync(record, `${kind} ${target}\n`);
  return new Error(`network is unreachable in this test: ${target}`);
}

/** Host, path or address among what a function was given, in the many ways that Node allows. */
function targetOf(args) {
  for (const each of args.flat(2)) {
    if (typeof each === 'string') return each;
    if (each instanceof URL) return each.host;
    const { host, hostname, path, address, port } = typeof each === 'object' && each !== null ? each : {};
    const named = host ?? hostname ?? path ?? address;
    if (named !== undefined) return String(named);
    if (port !== undefined) return 'localhost';
  }
  return 'localhost';
}

function refuse(owner, name, kind) {
  owner[name] = function refused(...args) {
    throw attempt(kind, targetOf(args));
  };
}

refuse(net.Socket.prototype, 'connect', 'net');
refuse(net.Server.prototype, 'listen', 'listen');
refuse(tls, 'connect', 'tls');
refuse(http2, 'connect', 'http2');
for (const name of ['bind', 'connect', 'send']) refuse(dgram.Socket.prototype, name, 'dgram');

const isLookUp = (name) => /^(lookup|resolve|reverse)/.test(name);
for (const owner of [dns, dns.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(owner).filter(isLookUp)) refuse(owner, name, 'dns');
for (const owner of [dns.promises, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(owner).filter(isLookUp))
    owner[name] = (...args) => Promise.reject(attempt('dns', targetOf(args)));

/** Lets the compiler start. */
function guardStart(owner, name, programOf) {
  const start = owner[name];
  owner[name] = function guarded(...args) {
    const program = programOf(...args);
    if (!COMPILER.test(program)) throw attempt('start', program);
    return start.apply(this, args);
  };
}
// What is asynchronous starts by the first; each of the others has a way of its own.
guardStart(childProcess.ChildProcess.prototype, 'spawn', ({ file }) => file);
for (const name of ['execFileSync', 'execSync', 'spawnSync']) guardStart(childProcess, name, (file) => file);
guardStart(process, 'dlopen', (_module, file) => file);

const binding = process.binding;
process.binding = (name) => {
  if (SOCKETS.includes(name)) throw attempt('binding', name);
  return binding.call(process, name);
};

// Preloaded into a process that is to believe that it runs some years later, on another machine, as somebody who shares no file.
const os = require('node:os');
const { performance } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

/** Seven years and half of another, so that the year, the day of the year and the day of the week differ. */
const LATER = (7 * 365 + 172) * 24 * 3600 * 1000;
const RealDate = Date;
const now = () => RealDate.now() + LATER;

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = globalThis.Date;
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + LATER });

os.hostname = () => 'elsewhere';
os.userInfo = () => ({ uid: 4711, gid: 4711, username: 'somebody', homedir: '/nowhere', shell: '/bin/false' });
// The threads of a process share its umask, and may not set it.
if (isMainThread) process.umask(0o077);

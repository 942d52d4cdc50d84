// Preloaded into a child process: every connection and every name look-up fails with the name of what was asked for.
const net = require('node:net');
const dns = require('node:dns');

function refuse(target) {
  throw new Error(`network is unreachable in this test: ${target}`);
}

net.Socket.prototype.connect = function connect(...args) {
  const flat = args.flat(2)[0];
  refuse(typeof flat === 'object' && flat !== null ? (flat.host ?? flat.path ?? 'unknown') : String(flat));
};
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = refuse;
  dns.promises[name] = refuse;
}

/** Child process of the router's benchmark: a model server that answers at once, a bare proxy, or the router. It tells its port by a message. */
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from '../services/router/run';

const [part = '', argument = ''] = process.argv.slice(2);

const ANSWER = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'base',
    choices: [{ index: 0, message: { role: 'assistant', content: 'word '.repeat(100) }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, total_tokens: 200, completion_tokens: 100 },
  }),
);

const tell = (port: number): void => {
  process.send?.(port);
};

function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    tell((server.address() as AddressInfo).port);
  });
}

/** Ready at once, and as fast as Node answers. */
function modelServer(): void {
  listen(
    createServer((got, reply) => {
      got.resume().once('end', () => {
        reply.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length }).end(ANSWER);
      });
    }),
  );
}

/** What Node does by itself: streams there and back over connections that are kept. @param port the model server's */
function bareProxy(port: string): void {
  const agent = new Agent({ keepAlive: true });
  listen(
    createServer((got, reply) => {
      const { method, url: path, headers } = got;
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
      });
      got.pipe(sent);
    }),
  );
}

/** @param file its configuration */
function router(file: string): void {
  void run({
    file,
    signal: new AbortController().signal,
    write: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    host: '127.0.0.1',
    ports: { door: 0, operations: 0 },
    listening: ({ door }) => {
      tell(door);
    },
  });
}

process.once('disconnect', () => process.exit(0));
if (part === 'server') modelServer();
else if (part === 'proxy') bareProxy(argument);
else router(argument);

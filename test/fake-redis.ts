import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A server that speaks as a Redis would: gives each command's reply, in the protocol's own words. */
export async function startFakeRedis(reply: (command: readonly string[]) => string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (let taken = takeCommand(text); taken !== undefined; taken = takeCommand(text)) {
        text = taken.rest;
        socket.write(reply(taken.command));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : Number.NaN;
  return {
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** `*2\r\n$4\r\nPING\r\n…`, for texts of one byte per sign. */
function takeCommand(
  text: string,
): { readonly command: readonly string[]; readonly rest: string } | undefined {
  const [head, count] = /^\*(\d+)\r\n/.exec(text) ?? [];
  if (head === undefined) return undefined;
  let rest = text.slice(head.length);
  const command: string[] = [];
  while (command.length < Number(count)) {
    const [start, length] = /^\$(\d+)\r\n/.exec(rest) ?? [];
    if (start === undefined || rest.length < start.length + Number(length) + 2) return undefined;
    command.push(rest.slice(start.length, start.length + Number(length)));
    rest = rest.slice(start.length + Number(length) + 2);
  }
  return { command, rest };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  readonly port: number;
  /** The next bytes from the server are thrown away, and the connection that they were for is cut. */
  loseNextReply(): void;
  /** Half-open: what is connected now stays so, and nothing passes any more. New connections are as good as ever. */
  freeze(): void;
  close(): Promise<void>;
};

/** Stands before a server on this machine, and can be as bad as a network. */
export async function startProxy(to: number): Promise<TcpProxy> {
  const links = new Set<Link>();
  let losesNext = false;
  const server = createServer((client) => {
    const link = { client, upstream: connect(to, '127.0.0.1'), isFrozen: false };
    const cut = () => {
      client.destroy();
      link.upstream.destroy();
      links.delete(link);
    };
    links.add(link);
    for (const socket of [client, link.upstream]) socket.on('error', cut).on('close', cut);
    client.on('data', (bytes) => link.isFrozen || link.upstream.write(bytes));
    link.upstream.on('data', (bytes) => {
      if (losesNext) {
        losesNext = false;
        cut();
      } else if (!link.isFrozen) client.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : Number.NaN,
    loseNextReply() {
      losesNext = true;
    },
    freeze() {
      for (const link of links) link.isFrozen = true;
    },
    async close() {
      for (const { client } of links) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

type Link = { readonly client: Socket; readonly upstream: Socket; isFrozen: boolean };

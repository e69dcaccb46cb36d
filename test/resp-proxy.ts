import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createFrames, isPush, wordsOf } from './resp-frames.ts';

/** What a request is to a test. `read`: of a stream, or a commit of another service that the server tells by itself. */
export type RequestKind = 'commit' | 'read' | 'other';

/** What becomes of it: it goes on, it is thrown away, or the connection is cut and it with it. */
export type Fate = 'pass' | 'drop' | 'cut';

/** Asked of every request before it reaches the server, and of every reply before it reaches the client; others wait. */
export type RespHooks = {
  readonly onRequest?: (kind: RequestKind, words: readonly string[]) => Fate | Promise<Fate>;
  readonly onReply?: (kind: RequestKind) => Fate | Promise<Fate>;
  /** The reply is on its way to the client. */
  readonly afterReply?: (kind: RequestKind) => void;
};

export type RespProxy = { readonly url: string; close(): Promise<void> };

/** Stands between a service and its Redis, and knows a commit when it sees one. */
export async function startRespProxy(to: number, hooks: RespHooks): Promise<RespProxy> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client.on('close', () => clients.delete(client)));
    join(client, connect(to, '127.0.0.1'), hooks);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : Number.NaN}`,
    async close() {
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function join(client: Socket, upstream: Socket, { onRequest, onReply, afterReply }: RespHooks): void {
  const unanswered: RequestKind[] = [];
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', cut).on('close', cut);

  async function request(bytes: Buffer): Promise<void> {
    const words = wordsOf(bytes);
    const kind = kindOf(words);
    const fate = (await onRequest?.(kind, words)) ?? 'pass';
    if (fate === 'cut') cut();
    if (fate !== 'pass') return;
    // A subscription is answered by a push.
    if (words[0]?.toUpperCase() !== 'SUBSCRIBE') unanswered.push(kind);
    upstream.write(bytes);
  }

  async function reply(bytes: Buffer): Promise<void> {
    if (isPush(bytes)) {
      client.write(bytes);
      if (bytes.includes(':moved:')) afterReply?.('read');
      return;
    }
    const kind = unanswered.shift() ?? 'other';
    const fate = (await onReply?.(kind)) ?? 'pass';
    if (fate === 'cut') cut();
    if (fate !== 'pass') return;
    client.write(bytes);
    afterReply?.(kind);
  }

  inTurn(client, request, cut);
  inTurn(upstream, reply, cut);
}

/** Frame by frame, each when the one before is done. */
function inTurn(socket: Socket, take: (frame: Buffer) => Promise<void>, cut: () => void): void {
  const frames = createFrames();
  let last = Promise.resolve();
  socket.on('data', (bytes) => {
    for (const frame of frames.take(bytes)) last = last.then(() => take(frame)).catch(cut);
  });
}

function kindOf([command = '', name = '']: readonly string[]): RequestKind {
  if (command.toUpperCase() === 'XRANGE') return 'read';
  return command.toUpperCase() === 'FCALL' && name.endsWith('_commit') ? 'commit' : 'other';
}

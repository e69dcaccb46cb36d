import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Collections, createFakeDatabase } from './database.ts';
import { type Command, createMessageReader, type Request, reply } from './wire.ts';

/**
 * A fake of MongoDB: it speaks enough of the protocol for the official driver and keeps documents in memory, so that it
 * can do what no server does when asked to: go away in the middle, answer late, refuse. It shows how we use the driver
 * and take its failures; it says nothing about MongoDB itself.
 */
export interface FakeMongo {
  readonly url: string;
  /** Names of the commands that came, but for those of the driver's own. */
  readonly commands: readonly string[];
  /** What happens to the next command that it gives an effect for. */
  inject(fault: Fault): void;
  /** A copy of what it holds, and the way to put one back: a restore from a backup. */
  copy(): Collections;
  restore(copy: Collections): void;
  /** Cuts every connection and takes no more, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
}

/** What goes wrong with a command; undefined where it goes right. */
export type Fault = (name: string, command: Command) => Effect | undefined;

export type Effect =
  /** The connection ends, and nothing was done. */
  | { readonly kind: 'drop' }
  /** The connection ends after so many documents of the insert. */
  | { readonly kind: 'drop-within'; readonly documents: number }
  /** Everything was done, and the connection ends before the answer. */
  | { readonly kind: 'drop-after' }
  /** It answers, and then dies with all its connections; what it was told since that copy is lost. */
  | { readonly kind: 'die-after'; readonly comesBackWith: Collections }
  /** Everything was done, and the answer comes with this besides. */
  | { readonly kind: 'answer'; readonly with: Command }
  /** Nothing was done, and the answer is this. */
  | { readonly kind: 'refuse'; readonly with: Command }
  /** The answer never comes. */
  | { readonly kind: 'silence' };

type FakeOptions = {
  /** Whoever signs in is refused. */
  readonly refusesUsers?: boolean;
};

const OWN = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'killCursors']);

export async function startFakeMongo({ refusesUsers = false }: FakeOptions = {}): Promise<FakeMongo> {
  const database = createFakeDatabase();
  const sockets = new Set<Socket>();
  const faults: Fault[] = [];
  const commands: string[] = [];
  let server: Server | undefined;
  let port = 0;

  function answer(socket: Socket, request: Request): void {
    const [name = ''] = Object.keys(request.command);
    if (!OWN.has(name)) commands.push(name);
    const effect = effectOf(name, request.command);
    if (effect?.kind === 'drop-within') database.insertSome(request.command, effect.documents);
    if (effect?.kind === 'drop' || effect?.kind === 'drop-within') return void socket.destroy();
    if (effect?.kind === 'silence') return;
    if (effect?.kind === 'refuse') return void socket.write(reply(request, effect.with));
    const result = resultOf(name, request.command);
    if (effect?.kind === 'drop-after') return void socket.destroy();
    if (effect?.kind === 'die-after') {
      database.collections = copyOf(effect.comesBackWith);
      socket.removeAllListeners('data');
      socket.end(reply(request, result));
      return;
    }
    socket.write(reply(request, effect?.kind === 'answer' ? { ...result, ...effect.with } : result));
  }

  /** A fault is used up by the first command that it has an effect on. */
  function effectOf(name: string, command: Command): Effect | undefined {
    const effect = faults[0]?.(name, command);
    if (effect !== undefined) faults.shift();
    return effect;
  }

  function resultOf(name: string, command: Command): Command {
    if (/^(hello|ismaster)$/i.test(name)) return HELLO;
    if (name === 'saslStart' && refusesUsers)
      return { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };
    return database.run(name, command);
  }

  function serve(socket: Socket): void {
    const read = createMessageReader();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const request of read(chunk)) answer(socket, request);
    });
  }

  async function up(): Promise<void> {
    server = createServer(serve).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port; // of a TCP server
  }

  await up();
  return {
    url: `mongodb://127.0.0.1:${port}/tradekit`,
    commands,
    inject: (fault) => void faults.push(fault),
    copy: () => copyOf(database.collections),
    restore(copy) {
      database.collections = copyOf(copy);
    },
    up,
    async down() {
      const closed = server === undefined ? undefined : once(server, 'close');
      server?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function copyOf(collections: Collections): Collections {
  return new Map([...collections].map(([name, documents]) => [name, new Map(documents)]));
}

const HELLO: Command = {
  ok: 1,
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
};

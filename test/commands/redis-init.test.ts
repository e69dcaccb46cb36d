import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

describe.skipIf(!HAS_REDIS)('tradekit redis init (needs redis-server)', () => {
  const folder = freshFolder();
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  it('loads the functions, then finds them there', async () => {
    const args = ['redis', 'init', '--redis', server.url];
    const first = tradekit(args, { cwd: folder.path });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^Loaded the functions tradekit_\w{10} in the Redis at "redis:\/\/127\.0\.0\.1:\d+"\.\n$/,
    );
    const env = { TRADEKIT_REDIS: server.url };
    const again = tradekit(['redis', 'init'], { cwd: folder.path, env });
    expect(again).toMatchObject({ code: 0, stdout: first.stdout.replace('Loaded', 'There already were') });
    const [library] = (await server.admin.function('LIST')) as readonly (readonly unknown[])[];
    expect(first.stdout).toContain(String(library?.[1]));
  });
});

describe('tradekit redis init, of no use', () => {
  it.each([
    ['', '"redis" does not say what to do.', 'tradekit redis --help'],
    ['init', 'No Redis is named.', 'redis init --redis'],
    ['init --redis localhost', '"localhost" is no address of a Redis.', 'redis://user:password@'],
    ['init --rediss x', 'Unknown option "--rediss".', 'Did you mean --redis?'],
    ['inti', 'Unknown command "inti".', 'Did you mean init?'],
  ])('redis %s', async (line, message, hint) => {
    vi.stubEnv('TRADEKIT_REDIS', undefined);
    await expect(main(['redis', ...line.split(' ').filter((word) => word !== '')])).rejects.toMatchObject({
      code: 'CONFIG',
      message,
      hint: expect.stringContaining(hint),
    });
  });
});

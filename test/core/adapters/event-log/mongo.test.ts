import { afterAll, beforeAll, describe } from 'vitest';
import { openMongoForTest } from '../../../contracts/event-log/open-mongo.ts';
import { eventLogContract } from '../../../contracts/event-log.contract.ts';
import { type FakeMongo, startFakeMongo } from '../../../fake-mongo/start.ts';
import {
  HAS_MONGO_JAVA_SERVER,
  type StartedServer,
  startMongoJavaServer,
} from '../../../mongo-java-server/start.ts';

describe('on a fake of MongoDB', () => {
  let fake: FakeMongo;
  beforeAll(async () => {
    fake = await startFakeMongo();
  });
  afterAll(() => fake.down());
  eventLogContract('the MongoDB event log', () => openMongoForTest(fake.url));
});

describe.skipIf(!HAS_MONGO_JAVA_SERVER)(
  'on mongo-java-server (needs Java 17 and the jars that .ci/run fetches)',
  () => {
    let server: StartedServer;
    beforeAll(async () => {
      server = await startMongoJavaServer();
    });
    afterAll(() => server.stop());
    eventLogContract('the MongoDB event log', () => openMongoForTest(server.url));
  },
);

const REAL = process.env['TRADEKIT_TEST_MONGO_URL'];

describe.skipIf(REAL === undefined)('on a real mongod (needs TRADEKIT_TEST_MONGO_URL)', () => {
  eventLogContract('the MongoDB event log', () => openMongoForTest(REAL ?? ''));
});

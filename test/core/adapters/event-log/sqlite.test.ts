import { openSqliteForTest } from '../../../contracts/event-log/open-sqlite.ts';
import { eventLogContract } from '../../../contracts/event-log.contract.ts';

eventLogContract('the SQLite event log', openSqliteForTest);

import { openSqlite } from '../../../contracts/store/open-sqlite.ts';
import { storeContract } from '../../../contracts/store.contract.ts';

storeContract('the SQLite store', openSqlite);

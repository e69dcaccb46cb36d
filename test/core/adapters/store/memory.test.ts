import { openMemory } from '../../../contracts/store/open-memory.ts';
import { storeContract } from '../../../contracts/store.contract.ts';

storeContract('the memory store', () => openMemory());

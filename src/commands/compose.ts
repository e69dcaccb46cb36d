/**
 * The only place that picks adapters: a file for each command, and what they share. What a service does not need, the
 * engine first of all, is imported only where it is used.
 */

export { runBacktest } from './compose/backtest.ts';
export { runDashTui } from './compose/dash-tui.ts';
export { queryLog, runLog, tailLog } from './compose/log.ts';
export { testStructure } from './compose/mse-test.ts';
export { initRedisFunctions } from './compose/redis-init.ts';
export { runAll } from './compose/run-all.ts';
export { runServiceOf } from './compose/service.ts';

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunFile, newRunFile, RUNS_FOLDER } from '../../src/commands/run-files.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder } from '../tradekit.ts';

describe('the files of runs', () => {
  let folder = freshFolder();

  beforeEach(() => {
    folder = freshFolder();
    process.chdir(folder.path);
  });

  afterEach(() => {
    process.chdir(PROJECT);
    folder.remove();
  });

  function write(name: string, hour: number): void {
    mkdirSync(RUNS_FOLDER, { recursive: true });
    writeFileSync(join(RUNS_FOLDER, name), '');
    utimesSync(join(RUNS_FOLDER, name), 3600 * hour, 3600 * hour);
  }

  it('are named after the run, in a folder of their own', () => {
    expect(newRunFile('july')).toBe(join('.tradekit', 'runs', 'july.db'));
    expect(folder.files()).toEqual([]);
  });

  it('are not written over by another run of that name', () => {
    write('july.db', 1);
    expect(() => newRunFile('july')).toThrow('There is a run "july" already: .tradekit/runs/july.db.');
  });

  it('are found by name', () => {
    write('july.db', 1);
    write('august.db', 2);
    expect(findRunFile('july')).toBe(join(RUNS_FOLDER, 'july.db'));
  });

  it('are found without one: the run that was last written', () => {
    write('july.db', 3);
    write('august.db', 2);
    write('september.db-wal', 4);
    expect(findRunFile(undefined)).toBe(join(RUNS_FOLDER, 'july.db'));
  });

  it('are listed, the newest five, where there is none of that name', () => {
    for (const hour of [1, 2, 3, 4, 5, 6]) write(`run-${hour}.db`, hour);
    expect(() => findRunFile('nosuch')).toThrow(
      expect.objectContaining({
        code: 'CONFIG',
        message: 'There is no run "nosuch" in .tradekit/runs.',
        hint: 'The newest there: run-6, run-5, run-4, run-3, run-2',
      }),
    );
  });

  it('are begun by run-all where there is none at all', () => {
    expect(() => findRunFile(undefined)).toThrow(
      expect.objectContaining({
        message: 'There is no run in .tradekit/runs.',
        hint: 'tradekit run-all starts one. Runs are looked for in the folder in which they were started.',
      }),
    );
  });
});

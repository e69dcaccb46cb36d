import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSameFile } from '../../../../src/core/adapters/files/same-file.ts';
import { writeWholeFiles } from '../../../../src/core/adapters/files/write-whole.ts';
import { freshFolder } from '../../../tradekit.ts';

let folder = freshFolder();
beforeEach(() => {
  folder = freshFolder();
});
afterEach(() => folder.remove());

const path = (name: string): string => join(folder.path, name);

describe('files that are written whole', () => {
  it('take the place of older ones, all of them or none', () => {
    writeFileSync(path('a'), 'old');
    const files = [
      { path: path('a'), text: 'new' },
      { path: path('missing/b'), text: 'b' },
    ];
    expect(() => writeWholeFiles(files)).toThrow(/Cannot write ".*b" \(ENOENT\)/);
    expect([readFileSync(path('a'), 'utf8'), folder.files()]).toEqual(['old', ['a']]);
    writeWholeFiles(files.slice(0, 1));
    expect([readFileSync(path('a'), 'utf8'), folder.files()]).toEqual(['new', ['a']]);
  });

  it('go where a link leads, and leave the link', () => {
    writeFileSync(path('target'), 'old');
    symlinkSync('target', path('link'));
    writeWholeFiles([{ path: path('link'), text: 'new' }]);
    expect(readFileSync(path('target'), 'utf8')).toBe('new');
    expect(readlinkSync(path('link'))).toBe('target');
  });

  it('do not take the place of a pipe, nor of a folder', async () => {
    spawnSync('mkfifo', [path('pipe')]);
    const reader = spawn('sh', ['-c', 'cat "$0" > "$1"', path('pipe'), path('heard')], { stdio: 'ignore' });
    const ended = once(reader, 'exit');
    writeWholeFiles([{ path: path('pipe'), text: 'through' }]);
    expect(lstatSync(path('pipe')).isFIFO()).toBe(true);
    await ended;
    expect(readFileSync(path('heard'), 'utf8')).toBe('through');
    mkdirSync(path('folder'));
    expect(() => writeWholeFiles([{ path: path('folder'), text: '' }])).toThrow('(EISDIR)');
  });
});

it('one file is the same by all of its names', () => {
  writeFileSync(path('a'), '');
  writeFileSync(path('b'), '');
  symlinkSync('a', path('link'));
  const same = (one: string, other: string) => isSameFile(path(one), path(other));
  expect([same('a', './a'), same('a', 'link'), same('new', 'x/../new')]).toEqual([true, true, true]);
  expect([same('a', 'b'), same('a', 'new'), same('new', 'a/new')]).toEqual([false, false, false]);
});

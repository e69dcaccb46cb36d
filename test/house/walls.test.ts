import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';

const PURE = 'The domain is pure: it imports itself and zod, nothing else.';
const STAGES = 'Stages never import each other: they meet in engine.ts and through events.';
const GROUND = 'Market and trading are the ground floor: they import only each other.';
const CLOCK = 'The domain has no clock: take the time from the candle or the event.';
const PORTS = 'Ports are interfaces: they import types of the domain, nothing else.';
const SERVICES = 'Services are handed their adapters and settings; commands choose them.';
const COMMANDS = 'Commands declare and delegate: compose.ts and its folder alone pick adapters.';
const CYCLE = 'This import is part of a cycle.';

/** One violation a file, and what the project's own biome.json says to it. */
const PLANTED: Readonly<Record<string, string>> = {
  'src/core/domain/screen/imports-mse.ts': STAGES,
  'src/core/domain/screen/imports-risk-lazily.ts': STAGES,
  'src/core/domain/mse/imports-risk.ts': STAGES,
  'src/core/domain/mse/re-exports-screen.ts': STAGES,
  'src/core/domain/risk/imports-exec.ts': STAGES,
  'src/core/domain/exec/imports-screen.ts': STAGES,
  'src/core/domain/exec/imports-a-type-of-risk.ts': STAGES,
  'src/core/domain/market/imports-events.ts': GROUND,
  'src/core/domain/trading/imports-rules.ts': GROUND,
  'src/core/domain/imports-a-port.ts': PURE,
  'src/core/domain/structure/imports-node.ts': PURE,
  'src/core/domain/structure/imports-a-package.ts': PURE,
  'src/core/domain/structure/imports-a-view.ts': PURE,
  'src/core/domain/structure/imports-config-lazily.ts': PURE,
  'src/core/domain/structure/reads-date-now.ts': CLOCK,
  'src/core/domain/structure/hands-on-date-now.ts': CLOCK,
  'src/core/domain/structure/makes-a-date.ts': CLOCK,
  'src/core/domain/structure/rolls-dice.ts': 'The domain rolls no dice: take the seed as an argument.',
  'src/core/domain/structure/makes-a-date-from-a-number.ts': 'Take the time from the event.',
  'src/core/domain/structure/reads-process.ts': 'Take settings as arguments.',
  'src/core/domain/structure/prints.ts': 'Return a value; views do the talking.',
  'src/core/domain/structure/waits.ts': 'Stages do not wait.',
  'src/core/domain/structure/cycle.ts': CYCLE,
  'src/core/domain/structure/cycle-of-types.ts': CYCLE,
  'src/core/ports/imports-an-adapter.ts': PORTS,
  'src/core/ports/imports-node.ts': PORTS,
  'src/core/adapters/imports-a-service.ts':
    'Adapters know ports and the domain; who uses them is not their business.',
  'src/core/services/imports-an-adapter.ts': SERVICES,
  'src/core/services/imports-a-command.ts': SERVICES,
  'src/core/config/imports-a-view.ts':
    'Config reads what the user chose: it imports the domain and node, nothing else.',
  'src/core/views/imports-an-adapter.ts':
    'Views show what they are given: they import the domain, nothing that fetches.',
  'src/commands/imports-an-adapter.ts': COMMANDS,
  'src/commands/imports-an-adapter-lazily.ts': COMMANDS,
};

const trees: string[] = [];
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true });
});

/** Lints a copy of a fixture tree with the project's own biome.json; findings by file. */
function lint(fixture: string): ReadonlyMap<string, string> {
  const tree = mkdtempSync(join(tmpdir(), 'tradekit-walls-'));
  trees.push(tree);
  cpSync(join(PROJECT, 'test/fixtures', fixture), tree, { recursive: true });
  cpSync(join(PROJECT, 'biome.json'), join(tree, 'biome.json'));
  cpSync(join(PROJECT, 'biome'), join(tree, 'biome'), { recursive: true });
  const biome = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '.', '--colors=off', '--max-diagnostics=none', '--diagnostic-level=error'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  expect(stdout + stderr).toMatch(/Checked [1-9]\d* files/);
  return findingsByFile(stdout + stderr);
}

/** Biome heads each finding with `path:line:column rule ━━━`. */
function findingsByFile(report: string): ReadonlyMap<string, string> {
  const findings = new Map<string, string>();
  let path = '';
  for (const line of report.split('\n')) {
    path = /^(\S+?)(?::\d+:\d+)? .*━━$/.exec(line)?.[1] ?? path;
    findings.set(path, `${findings.get(path) ?? ''}${line}\n`);
  }
  return findings;
}

describe('walls between folders', () => {
  const findings = lint('planted');

  it.each(Object.entries(PLANTED))('%s is refused: %s', (path, message) => {
    expect(findings.get(path)).toContain(message);
  });

  it('every planted file is in the table', () => {
    const root = join(PROJECT, 'test/fixtures/planted');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => path.split(sep).join('/'));
    expect(files.sort()).toEqual(Object.keys(PLANTED).sort());
  });

  it('what the arrows allow passes', () => {
    const paths = [...lint('allowed').keys()].filter((path) => path.startsWith('src/'));
    expect(paths).toEqual([]);
  });
});

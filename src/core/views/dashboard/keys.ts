import type { Figures } from './figures.ts';
import { FRAME_FACTORS, listOf, rowOf, type Ui, VIEWS, type View } from './ui.ts';

export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageup'
  | 'pagedown'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backtab'
  | 'backspace'
  | 'interrupt';

/** A key that was pressed: one that has a name, or a character. */
export type Key = { readonly name: KeyName } | { readonly character: string };

/** What a key asks for besides another picture. */
export type Effect = 'quit' | 'halt' | 'step';

export type Pressed = { readonly ui: Ui; readonly effect?: Effect };

const PAGE = 10;
const QUERY_MAX = 40;

/** What a key does. `canHalt`: there is a kill switch within reach. */
export function press(ui: Ui, key: Key, figures: Figures, canHalt: boolean): Pressed {
  if ('name' in key && key.name === 'interrupt') return { ui, effect: 'quit' };
  if (ui.kill !== 'no') return answer(ui, key);
  if (ui.isTyping) return { ui: type(ui, key) };
  if (ui.showsHelp) return { ui: { ...ui, showsHelp: false } };
  return 'name' in key ? { ui: move(ui, key.name, figures) } : command(ui, key.character, canHalt);
}

/** The kill switch is asked for twice: anything but `y` leaves it as it is. */
function answer(ui: Ui, key: Key): Pressed {
  const isYes = 'character' in key && key.character === 'y';
  if (ui.kill === 'asked' && isYes) return { ui: { ...ui, kill: 'asked_again' } };
  const left: Ui = { ...ui, kill: 'no' };
  return ui.kill === 'asked_again' && isYes ? { ui: left, effect: 'halt' } : { ui: left };
}

function type(ui: Ui, key: Key): Ui {
  if ('character' in key) return searched(ui, (ui.query + key.character).slice(0, QUERY_MAX));
  if (key.name === 'backspace') return searched(ui, ui.query.slice(0, -1));
  if (key.name === 'enter') return { ...ui, isTyping: false };
  if (key.name === 'escape') return { ...searched(ui, ''), isTyping: false };
  return ui;
}

function searched(ui: Ui, query: string): Ui {
  return { ...ui, query, rows: { now: 0, watch: 0, flow: 0, chart: 0, trades: 0, detail: ui.rows.detail } };
}

function command(ui: Ui, character: string, canHalt: boolean): Pressed {
  const view = VIEWS[Number(character) - 1];
  if (view !== undefined) return { ui: { ...ui, view } };
  switch (character) {
    case 'q':
      return { ui, effect: 'quit' };
    case 'p':
      return { ui: { ...ui, isPaused: !ui.isPaused } };
    case '.':
      return ui.isPaused ? { ui, effect: 'step' } : { ui };
    case 'k':
      return { ui: { ...ui, kill: canHalt ? 'asked' : 'impossible' } };
    case '?':
      return { ui: { ...ui, showsHelp: true } };
    case '/':
      return { ui: { ...searched(ui, ''), isTyping: true } };
    default:
      return { ui };
  }
}

function move(ui: Ui, name: KeyName, figures: Figures): Ui {
  switch (name) {
    case 'up':
      return step(ui, -1, figures);
    case 'down':
      return step(ui, 1, figures);
    case 'pageup':
      return step(ui, -PAGE, figures);
    case 'pagedown':
      return step(ui, PAGE, figures);
    case 'left':
      return turn(ui, -1);
    case 'right':
      return turn(ui, 1);
    case 'tab':
      return { ...ui, view: viewBeside(ui.view, 1) };
    case 'backtab':
      return { ...ui, view: viewBeside(ui.view, -1) };
    case 'enter':
      return open(ui, figures);
    case 'escape':
      return searched(ui, '');
    default:
      return ui;
  }
}

function viewBeside(view: View, by: number): View {
  return VIEWS[(VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length] ?? view;
}

/** Watch and chart select the same symbol. The detail has no list: its lines move. */
function step(ui: Ui, by: number, figures: Figures): Ui {
  const { view } = ui;
  if (view === 'detail') return { ...ui, rows: { ...ui.rows, detail: Math.max(0, ui.rows.detail + by) } };
  const { length } = listOf(view, figures, ui.query);
  const row = Math.max(0, Math.min(length - 1, rowOf(ui, view, length) + by));
  const isSymbol = view === 'watch' || view === 'chart';
  return { ...ui, rows: { ...ui.rows, ...(isSymbol ? { watch: row, chart: row } : { [view]: row }) } };
}

/** Left and right: the chart's timeframe, elsewhere the view beside. */
function turn(ui: Ui, by: number): Ui {
  if (ui.view !== 'chart') return { ...ui, view: viewBeside(ui.view, by) };
  return { ...ui, frame: Math.max(0, Math.min(FRAME_FACTORS.length - 1, ui.frame + by)) };
}

/** What a row stands for: of a symbol its chart, of all others the whole chain. */
function open(ui: Ui, figures: Figures): Ui {
  const list = listOf(ui.view, figures, ui.query);
  const chosen = list[rowOf(ui, ui.view, list.length)];
  if (ui.view === 'watch') return { ...ui, view: 'chart' };
  if (chosen?.id === undefined) return ui;
  return { ...ui, view: 'detail', subject: chosen.id, rows: { ...ui.rows, detail: 0 } };
}

import { TradekitError } from '../error.ts';
import { eventShape } from './event-shape.ts';
import type { TradekitEvent } from './events.ts';

/**
 * The event of a line that `encode` made, here or in another process: equal field by field, and the same bytes when
 * encoded again.
 *
 * @throws DATA where the line is anything else: no JSON, an unknown type, a field too many, too few or of another kind
 */
export function decode(line: string): TradekitEvent {
  const value = parseJson(line);
  const problem = eventShape.problem(value);
  if (problem === undefined) return value as TradekitEvent; // just checked
  const where = problem.path.length === 0 ? '' : `${problem.path.join('.')}: `;
  throw notAnEvent(line, `${where}${problem.text}`);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw notAnEvent(line, 'not JSON', error);
  }
}

const SHOWN = 120;

function notAnEvent(line: string, why: string, cause?: unknown): TradekitError {
  const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  return new TradekitError('DATA', `No event of tradekit (${why}): "${shown}".`, {
    hint: 'Was it written by another version of tradekit, or by something else?',
    ...(cause === undefined ? {} : { cause }),
  });
}

import { expect, it } from 'vitest';
import { parseChannels } from '../../../src/core/config/channels-flag.ts';
import { CHANNELS } from '../../../src/core/domain/events/channels.ts';

it.each([
  ['EXECUTION.ORDER_FILLED', ['EXECUTION.ORDER_FILLED']],
  ['order-filled', ['EXECUTION.ORDER_FILLED']],
  ['fill', ['EXECUTION.ORDER_FILLED']],
  ['placed', ['EXECUTION.ORDER_PLACED']],
  ['order', ['EXECUTION.ORDER_PLACED', 'EXECUTION.ORDER_FILLED', 'EXECUTION.ORDER_CANCELLED']],
  ['risk', ['SIGNALS.RISK_VALIDATED', 'SIGNALS.RISK_REJECTED']],
  ['candle, Position Closed', ['MARKET.CANDLE', 'EXECUTION.POSITION_CLOSED']],
])('%s is each channel that has it in its name', (text, channels) => {
  expect(parseChannels(text)).toEqual(channels);
});

it.each(['', '_', 'fill,', 'fils', 'orders'])('%j is refused, with all that there are', (text) => {
  expect(() => parseChannels(text)).toThrow(
    expect.objectContaining({ code: 'CONFIG', hint: expect.stringContaining(CHANNELS.join(', ')) }),
  );
});

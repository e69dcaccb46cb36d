import { describe, expect, it } from 'vitest';
import { TradekitError } from '../../../../../src/core/domain/error.ts';
import { COST_MODELS, createCostModel } from '../../../../../src/core/domain/trading/costs/catalog.ts';

describe('createCostModel', () => {
  it('creates each model of the catalog under its name, with all its items declared', () => {
    for (const name of COST_MODELS.keys()) {
      const model = createCostModel(name);
      expect(model.name).toBe(name);
      const book = model.openBook('2020-12-15');
      const parts = [
        book.fill({ orderId: 'a', side: 'buy', qty: 10, notional: 100_000 }),
        book.fill({ orderId: 'b', side: 'sell', qty: 10, notional: 100_000 }),
        book.close(),
      ];
      const names = new Set(parts.flatMap((part) => Object.keys(part)));
      expect([...names].sort()).toEqual([...model.items].sort());
    }
  });

  it('takes a tenth of a percent a side at Binance, half up over the day', () => {
    const book = createCostModel('binance-vip0').openBook('2020-01-01');
    // 12.50 x 0.1 % = 1.25 cents -> 1; 25.00 x 0.1 % = 2.5 cents -> 3, so 2 more
    expect(book.fill({ orderId: 'a', side: 'buy', qty: 0.1, notional: 1250 })).toEqual({ commission: 1 });
    expect(book.fill({ orderId: 'b', side: 'sell', qty: 0.1, notional: 1250 })).toEqual({ commission: 2 });
  });

  it('takes a percentage of the value from its name', () => {
    const model = createCostModel('percent:0.05');
    expect(model.rates('1999-01-01')).toEqual({ buyRatio: 0.0005, sellRatio: 0.0005, perUnit: 0 });
    expect(
      model.openBook('1999-01-01').fill({ orderId: 'a', side: 'buy', qty: 1, notional: 10_000_000 }),
    ).toEqual({
      commission: 5000,
    });
  });

  it.each(['percent:', 'percent:-1', 'percent:11', 'percent:0.123456789', 'percent:1e-3', 'percent:NaN'])(
    'refuses %s',
    (name) => expect(() => createCostModel(name)).toThrow(TradekitError),
  );

  it('charges nothing under none', () => {
    const model = createCostModel('none');
    expect(model.openBook('2020-01-01').fill({ orderId: 'a', side: 'buy', qty: 1, notional: 100 })).toEqual(
      {},
    );
  });

  it.each(['zerodah', '__proto__', 'constructor'])(
    'refuses the unknown name %s and lists the known ones',
    (name) => {
      expect(() => createCostModel(name)).toThrow(
        expect.objectContaining({
          code: 'CONFIG',
          message: `Unknown cost model "${name}".`,
          hint: 'Known: zerodha, ibkr-fixed, binance-vip0, none, percent:0.05.',
        }),
      );
    },
  );
});

import { describe, expect, it } from 'vitest';
import { createClusters } from '../../../../src/core/domain/structure/clusters.ts';
import { hear, pivotAt } from './tape.ts';

/** ATR 4: pivots within 2 points of a centre join it, centres closer than 1 merge. */
function drawn() {
  const heard = hear();
  const clusters = createClusters(0.05, heard.log);
  const add = (i: number, dir: 1 | -1, level: number, close: number): readonly string[] => {
    heard.at(i + 3);
    clusters.add(pivotAt(i, dir, level), { close, candle: i + 4, atr: 4 });
    return heard.take();
  };
  return { ...heard, clusters, add };
}

describe('createClusters', () => {
  it('gathers pivots of both sides around the centre of their weights', () => {
    const { add, clusters, events } = drawn();
    // Price moved 4 away (1 ATR): weight 2; then 8 (2 ATR): weight 3. Centre (2 × 100 + 3 × 101) ÷ 5 = 100.6.
    expect(add(0, 1, 100, 96)).toEqual([]);
    expect(add(10, -1, 101, 109)).toEqual(['formed cluster']);
    expect(events[0]?.object).toMatchObject({ touches: 2, weight: 5, dir: 1, formedAt: 0 });
    expect(clusters.live[0]?.level).toBeCloseTo(100.6, 12);
  });

  it('caps what a move adds at three', () => {
    const { add, clusters } = drawn();
    add(0, 1, 100, 50);
    expect(clusters.live[0]?.weight).toBe(4);
  });

  it('starts another beyond half an ATR, and keeps them by price', () => {
    const { add, clusters } = drawn();
    add(0, 1, 100, 100);
    add(10, 1, 97.9, 97.9);
    add(20, 1, 102.1, 102.1);
    expect(clusters.live.map(({ level }) => level)).toEqual([97.9, 100, 102.1]);
    add(30, 1, 102, 102);
    expect(clusters.live.map(({ touches }) => touches)).toEqual([1, 1, 2]);
  });

  it('merges the younger into the older when their centres come close', () => {
    const { add, clusters, events } = drawn();
    add(0, 1, 100, 100);
    add(10, 1, 102.5, 102.5);
    // 101.2 is nearer to 100, by 0.1; with weight 4 the centre moves to (100 + 4 × 101.2) ÷ 5 = 100.96.
    expect(add(20, 1, 101.2, 80)).toEqual(['formed cluster']);
    // 101.9 is nearer to 102.5, by 0.34: (102.5 + 4 × 101.9) ÷ 5 = 102.02; then 101.5 is nearer to 102.02, by 0.02:
    // (5 × 102.02 + 4 × 101.5) ÷ 9 = 101.78…, 0.83 from 100.96: together (5 × 100.96 + 9 × 101.788…) ÷ 14.
    expect(add(30, 1, 101.9, 80)).toEqual(['formed cluster']);
    expect(add(40, 1, 101.5, 80)).toEqual(['joined cluster', 'superseded cluster', 'joined cluster']);
    expect(clusters.live).toHaveLength(1);
    expect(clusters.live[0]?.level).toBeCloseTo((504.8 + 510.1 + 406) / 14, 9);
    expect(clusters.live[0]?.touches).toBe(5);
    expect(events.at(-1)?.id).toBe('cluster:1:0:100');
  });

  it('lets the one go whose touches count least, counted half after 200 candles', () => {
    const { add, clusters, take } = drawn();
    // Weight 2 on candle 0 against weight 1 after it: even after 200 candles, so the fresher weight 1 outlives it.
    add(0, 1, 1000, 996);
    add(1, 1, 1000, 996);
    for (let i = 1; i < 200; i += 1) add(500 + i, 1, 1000 + 10 * i, 1000 + 10 * i);
    take();
    expect(add(1000, 1, 10, 10)).toEqual(['expired cluster']);
    expect(clusters.live).toHaveLength(200);
    expect(clusters.live.map(({ level }) => level)).not.toContain(1000);
  });

  it('stays within range after ten million candles', () => {
    const { clusters, log } = { ...drawn(), log: hear() };
    log.at(0);
    clusters.add(pivotAt(0, 1, 100), { close: 96, candle: 10_000_000, atr: 4 });
    clusters.add(pivotAt(1, 1, 100), { close: 96, candle: 10_000_200, atr: 4 });
    // log2(2·2^50000 + 2·2^50001) = 50001 + log2(3)
    expect(clusters.live[0]?.rank).toBeCloseTo(50_001 + Math.log2(3), 6);
  });
});

import { writeFileSync } from 'node:fs';

/** A file of minutes of fifty shares: prices walk, seeded, so that strategies have something to judge. */
export function writeFifty(path: string, minutes: number): void {
  const openAt = Date.UTC(2015, 6, 6, 3, 45);
  let seed = 42;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const prices = Array.from({ length: 50 }, (_, i) => 100 + 7 * i);
  const rows: string[] = ['time,symbol,open,high,low,close,volume'];
  for (let minute = 0; minute < minutes; minute += 1) {
    const day = Math.floor(minute / 375);
    const at = new Date(openAt + day * 86_400_000 + (minute % 375) * 60_000).toISOString();
    for (let i = 0; i < prices.length; i += 1) {
      const open = prices[i] ?? 100;
      const close = Math.max(5, open * (1 + (random() - 0.5) / 200));
      const span = open * random() * 0.002;
      prices[i] = close;
      const cells = [open, Math.max(open, close) + span, Math.min(open, close) - span, close];
      const volume = Math.round(20_000 * (0.5 + random() ** 4 * 6));
      rows.push([at, `SHARE${String(i + 1).padStart(2, '0')}`, ...cells.map(toTick), volume].join(','));
    }
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
}

function toTick(price: number): string {
  return (Math.round(price * 20) / 20).toFixed(2);
}

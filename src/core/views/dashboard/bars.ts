/** `██████░░░░`: a share of a whole, at least one block where there is anything. */
export function drawBar(share: number, width: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const full = bounded === 0 ? 0 : Math.max(1, Math.round(bounded * width));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** `├──┊───●────┤`: from stop to target, the entry as `┊`, where price stands as `●`. */
export function drawWay(way: number | null, entryWay: number | null, width: number): string {
  const inner = Math.max(1, width - 2);
  const cells = Array.from({ length: inner }, () => '─');
  const put = (share: number | null, mark: string): void => {
    if (share !== null) cells[Math.round(share * (inner - 1))] = mark;
  };
  put(entryWay, '┊');
  put(way, '●');
  return `├${cells.join('')}┤`;
}

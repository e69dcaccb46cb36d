/**
 * The known name most like `text`, if one is like it at all: at most a third of its letters differ. None where two are
 * equally like it, nor for signs: of those one more or less is another meaning.
 */
export function nearestName(text: string, known: Iterable<string>): string | undefined {
  const wanted = text.slice(0, 60).toLowerCase();
  if (!/[\p{L}\p{N}]/u.test(wanted)) return undefined;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance > least) continue;
    // Another one at the same distance: none of them is nearest, unless a nearer one comes.
    nearest = distance < least ? name : undefined;
    least = distance;
  }
  return nearest;
}

/** The known names most like `text`, best first; those that contain it count too. None where nothing is near. */
export function nearestNames(text: string, known: readonly string[], most = 3): readonly string[] {
  const wanted = text.slice(0, 60).toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || name.toLowerCase().includes(wanted))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Letters to insert, drop, change or swap with their neighbour to make `b` of `a` (Damerau, restricted). */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = cell(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? cell(beforeLast, j - 2) + 1 : change;
      row.push(Math.min(change, swap, cell(last, j) + 1, cell(row, j - 1) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return cell(last, b.length);
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? Number.POSITIVE_INFINITY;
}

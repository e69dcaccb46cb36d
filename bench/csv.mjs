// Columns as the lines of a file.
export function csvOf({ length, openAt, open, high, low, close, volume }) {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let i = 0; i < length; i += 1)
    lines.push([openAt[i], open[i], high[i], low[i], close[i], volume[i]].join());
  return `${lines.join('\n')}\n`;
}

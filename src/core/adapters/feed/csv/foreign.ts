import { refusal } from './refuse.ts';

const NO_TEXT = 'Candles are read from delimited text (CSV), plain or gzip.';

/** First bytes (latin-1) of what people hand over in place of CSV, and what to do about it. */
const MAGIC: readonly (readonly [start: string, what: string, hint: string])[] = [
  ['PK\x03\x04', 'is a zip archive', 'Unpack it first: `unzip`. A spreadsheet (.xlsx) can be saved as CSV.'],
  ['PAR1', 'is a Parquet file', `Export it as CSV. ${NO_TEXT}`],
  ['ARROW1', 'is an Arrow file', `Export it as CSV. ${NO_TEXT}`],
  ['\x28\xb5\x2f\xfd', 'is packed with zstd', 'Unpack it first: `zstd -d`. Only gzip is unpacked here.'],
  ['\xfd7zXZ', 'is packed with xz', 'Unpack it first: `xz -d`. Only gzip is unpacked here.'],
  ['BZh', 'is packed with bzip2', 'Unpack it first: `bzip2 -d`. Only gzip is unpacked here.'],
  ['\x1f\x8b', 'is gzip within gzip', 'Unpack it once: `gzip -d`.'],
  ['\xff\xfe', 'is UTF-16 text', 'Save it as UTF-8: `iconv -f UTF-16 -t UTF-8`.'],
  ['\xfe\xff', 'is UTF-16 text', 'Save it as UTF-8: `iconv -f UTF-16 -t UTF-8`.'],
  ['SQLite format 3', 'is a SQLite database', `Export the table as CSV. ${NO_TEXT}`],
];

/** Refuses what is not delimited text, by its first bytes. */
export function refuseForeign(path: string, head: Uint8Array): void {
  const start = String.fromCharCode(...head.subarray(0, 16));
  for (const [magic, what, hint] of MAGIC) {
    if (start.startsWith(magic)) throw refusal(path, undefined, `${what}, not CSV.`, hint);
  }
  if (head.includes(0)) throw refusal(path, undefined, 'is a binary file, not CSV.', NO_TEXT);
  const text = start.replace('\xef\xbb\xbf', '').trimStart();
  if (text.startsWith('{') || text.startsWith('[')) {
    throw refusal(
      path,
      1,
      'is JSON, not CSV.',
      'Convert it, one candle a line: `jq -r ".[] | @csv"` does it for arrays.',
    );
  }
  if (/^<(?:!doctype|html|head|\?xml)/i.test(text)) {
    throw refusal(path, 1, 'is HTML or XML, not CSV.', NO_TEXT);
  }
}

/** The wire of Redis (RESP3), as far as one needs it to tell where a request or a reply ends. */
export interface Frames {
  /** The whole frames among what has come so far, in order. */
  take(bytes: Buffer): readonly Buffer[];
}

export function createFrames(): Frames {
  let held: Buffer = Buffer.alloc(0);
  return {
    take(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const frames: Buffer[] = [];
      let from = 0;
      for (let end = endOf(held, from); end !== undefined; end = endOf(held, from)) {
        frames.push(held.subarray(from, end));
        from = end;
      }
      held = held.subarray(from);
      return frames;
    },
  };
}

/** Frames that hold this many others for each count in their head. */
const NESTED: Readonly<Record<string, number>> = { '*': 1, '~': 1, '>': 1, '%': 2 };
/** Frames with so many bytes after their head. */
const SIZED = new Set(['$', '=', '!']);

/** Where the frame that begins at `from` ends; undefined where not all of it has come. */
function endOf(bytes: Buffer, from: number): number | undefined {
  const line = bytes.indexOf('\r\n', from);
  if (line === -1) return undefined;
  const kind = String.fromCharCode(bytes[from] ?? 0);
  const count = Number(bytes.toString('latin1', from + 1, line));
  let end: number | undefined = line + 2;
  if (SIZED.has(kind)) end = count < 0 ? end : end + count + 2;
  const nested = (NESTED[kind] ?? 0) * Math.max(count, 0);
  for (let i = 0; i < nested && end !== undefined; i += 1) end = endOf(bytes, end);
  return end === undefined || end > bytes.length ? undefined : end;
}

/** A request's words; the long ones are of no interest here. */
export function wordsOf(request: Buffer): readonly string[] {
  const lines = request.toString('utf8', 0, Math.min(request.length, 400)).split('\r\n');
  return lines.filter((_, i) => i > 0 && i % 2 === 0);
}

/** What the server says without being asked. */
export function isPush(reply: Buffer): boolean {
  return reply[0] === '>'.charCodeAt(0);
}

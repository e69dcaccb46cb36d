import { BSON } from 'mongodb';

/** The messages of MongoDB's wire protocol, as far as a driver of today sends them. */

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;

export type Command = Readonly<Record<string, unknown>>;

export type Request = { readonly id: number; readonly opCode: number; readonly command: Command };

/** Takes whole messages off a stream of bytes. */
export function createMessageReader(): (chunk: Buffer) => readonly Request[] {
  let held = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    const requests: Request[] = [];
    while (held.length >= HEADER && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      requests.push(parse(held.subarray(0, length)));
      held = held.subarray(length);
    }
    return requests;
  };
}

function parse(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  const body = message.subarray(HEADER);
  if (opCode === OP_MSG) return { id, opCode, command: parseSections(body.subarray(4)) };
  if (opCode === OP_QUERY) return { id, opCode, command: documentAt(body, body.indexOf(0, 4) + 9) };
  throw new Error(`The fake knows no message ${opCode}.`);
}

/** A document, and behind it lists that belong into it by name. */
function parseSections(sections: Buffer): Command {
  let command: Command = {};
  for (let at = 0; at < sections.length; ) {
    const kind = sections[at];
    const length = sections.readInt32LE(at + 1);
    if (kind === 0) command = { ...documentAt(sections, at + 1), ...command };
    else {
      const section = sections.subarray(at + 1, at + 1 + length);
      const end = section.indexOf(0, 4);
      command = { ...command, [section.toString('utf8', 4, end)]: documentsIn(section.subarray(end + 1)) };
    }
    at += 1 + length;
  }
  return command;
}

function documentsIn(bytes: Buffer): readonly Command[] {
  const documents: Command[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) documents.push(documentAt(bytes, at));
  return documents;
}

function documentAt(bytes: Buffer, at: number): Command {
  return BSON.deserialize(bytes.subarray(at, at + bytes.readInt32LE(at)));
}

export function reply({ id, opCode }: Request, answer: Command): Buffer {
  const document = BSON.serialize(answer);
  return opCode === OP_MSG
    ? message(OP_MSG, id, [Buffer.alloc(5), document])
    : message(OP_REPLY, id, [replyHead(), document]);
}

/** Flags, cursor, start: nothing; one document. */
function replyHead(): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(1, 16);
  return head;
}

function message(opCode: number, responseTo: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + body.length, 0);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, body]);
}

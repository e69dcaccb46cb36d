/** As much of a shell as the pages use: words with quotes, comments, chains, redirections, here-documents. */

/** The commands of a block, each as its words; settings of the environment before a command are left out. */
export function commandsOf(block: string): readonly (readonly string[])[] {
  return withoutDocuments(block.replaceAll('\\\n', ' ')).flatMap((line) =>
    chainOf(line)
      .map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
      .filter((words) => words.length > 0),
  );
}

/** Lines that the shell reads itself, not those of `<<'EOF'`. */
function withoutDocuments(block: string): readonly string[] {
  const lines: string[] = [];
  let end: string | undefined;
  for (const line of block.split('\n')) {
    if (end === undefined) lines.push(line);
    else if (line === end) end = undefined;
    end ??= /<<'(\w+)'/.exec(line)?.[1];
    if (line === end) end = undefined;
  }
  return lines;
}

const TOKEN = /'([^']*)'|"([^"]*)"|(#.*)|(&&|\|\||[|;&<>()]+)|([^\s'"#|;&<>()]+)|\s+/g;

function chainOf(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let isFile = false;
  for (const [, single, double, comment, sign, word] of line.matchAll(TOKEN)) {
    const text = single ?? double ?? word;
    if (comment !== undefined) break;
    if (sign !== undefined) {
      isFile = /[<>]/.test(sign);
      if (!isFile) commands.push([]);
    } else if (text !== undefined) {
      if (!isFile) commands.at(-1)?.push(text);
      isFile = false;
    }
  }
  return commands;
}

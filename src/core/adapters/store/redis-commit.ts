import { formatPosition } from '../../domain/events/position.ts';
import type { Commit, KeyWrite } from '../../ports/store.ts';
import { readMarks } from './rules.ts';

/** Commits as the function of the library takes them: a flat list of texts, each list in it after its length. */
export function commitArguments(prefix: string, commits: readonly Commit[]): readonly string[] {
  const args = [prefix, String(commits.length)];
  for (const commit of commits) pushCommit(args, commit);
  return args;
}

function pushCommit(args: string[], commit: Commit): void {
  const { service, epoch, token, from, to, requires, appends, writes } = commit;
  const read = readMarks(commit);
  args.push(service, String(epoch), token, formatPosition(from), formatPosition(to), requires?.absent ?? '');
  args.push(String(read.length));
  for (const [stage, mark] of read) args.push(stage, formatPosition(mark));
  args.push(String(appends.length));
  for (const { channel, position, line } of appends) args.push(channel, formatPosition(position), line);
  args.push(String(writes.length));
  for (const write of writes) pushWrite(args, write);
}

/** The command that writes it, and its arguments after the key. A hash without fields is none. */
function pushWrite(args: string[], { key, value }: KeyWrite): void {
  if (typeof value === 'string') args.push(key, 'SET', '1', value);
  else if (value === undefined || Object.keys(value).length === 0) args.push(key, 'DEL', '0');
  else {
    const fields = Object.entries(value).flat();
    args.push(key, 'HSET', String(fields.length), ...fields);
  }
}

/** `1 row`, `12345 rows`: a count within the sentence of an error. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

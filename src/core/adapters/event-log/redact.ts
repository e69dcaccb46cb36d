/** A URL as it may be shown: whoever signs in with it stays unnamed. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/).*@/is, '$1***@');
}

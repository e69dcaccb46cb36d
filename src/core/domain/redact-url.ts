/** A URL as it may be shown: whoever signs in with it stays unnamed. A file has nobody who does. */
export function redactUrl(url: string): string {
  return url.startsWith('sqlite:') ? url : url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
}

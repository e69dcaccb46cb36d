const PATTERN = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DAY_MS = 86_400_000;

/** `"09:20"` or `"09:20:30"` → milliseconds from midnight; undefined where the text is no time of day. "24:00" is the day's end. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  return minutes < 60 && seconds < 60 && ms <= DAY_MS ? ms : undefined;
}

/** Milliseconds from midnight → `09:20`, or `09:20:30` where there are seconds. */
export function formatTimeOfDay(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts
    .slice(0, seconds % 60 === 0 ? 2 : 3)
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** A span within a day: `09:20 to 14:30`. */
export function formatWindow({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string {
  return `${formatTimeOfDay(fromMs)} to ${formatTimeOfDay(toMs)}`;
}

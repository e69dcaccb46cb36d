/** How the stamps of one file are written. The shape is the same in every row, or the row is refused. */
export type StampFormat = {
  /**
   * `ymd` 2015-07-06, `compact` 20150706 (also 20150706091600), `dmy` 06.07.2015, `mdy` 07/06/2015,
   * `month-name` 6-Jul-15, `epoch` a count since 1970.
   */
  readonly shape: 'ymd' | 'compact' | 'dmy' | 'mdy' | 'month-name' | 'epoch';
  /** Milliseconds of one unit of an epoch stamp; 1 for the others. */
  readonly unitMs: number;
  /** Z, +05:30, GMT behind the time: the stamp is an instant by itself. */
  readonly hasOffset: boolean;
  /** False for dates alone, until a column with the time of day joins in. */
  readonly hasTime: boolean;
  /** Day and month could be the other way round: the rows must tell. */
  readonly orderUnknown: boolean;
  /** As shown to the user: `yyyy-MM-dd HH:mm`. */
  readonly label: string;
};

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?|\d{6}|\d{4}`;
const OFFSET = String.raw` ?(?:Z|z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|UTC|GMT)`;
const TAIL = new RegExp(`^(?:[Tt ] *(?<time>${TIME})(?<offset>${OFFSET})?)?$`);
const CLOCK = new RegExp(String.raw`^(?<time>${TIME}|\d{5})(?<offset>${OFFSET})?$`);

const YMD = /^\d{4}([-/.])\d{1,2}\1\d{1,2}/;
const DMY = /^(\d{1,2})([-/.])(\d{1,2})\2\d{4}/;
const MONTH_NAME = /^\d{1,2}([- ]?)[A-Za-z]{3,9}\1\d{2}(?:\d{2})?(?!\d)/;
const COMPACT =
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=$|[Tt ]|(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d)?$)/;
const EPOCH = /^(\d{9,10}|\d{12,13}|\d{15,16}|\d{18,19})(?:\.\d+)?$/;

/** The format of a stamp, from the cells of the first rows; undefined when the first is no date. */
export function recogniseStamp(cells: readonly string[], order?: 'dmy' | 'mdy'): StampFormat | undefined {
  const cell = cells[0] ?? '';
  const ymd = YMD.exec(cell);
  if (ymd !== null) return dated('ymd', cell.slice(ymd[0].length), `yyyy${ymd[1]}MM${ymd[1]}dd`);
  const compact = COMPACT.exec(cell);
  if (compact !== null) return compactFormat(cell.slice(compact[0].length));
  const monthName = MONTH_NAME.exec(cell);
  if (monthName !== null) {
    const label = /[A-Za-z]\S?\d{4}$/.test(monthName[0]) ? 'yyyy' : 'yy';
    return dated(
      'month-name',
      cell.slice(monthName[0].length),
      `dd${monthName[1]}MMM${monthName[1]}${label}`,
    );
  }
  return EPOCH.test(cell) ? epochFormat(cell) : dayMonthFormat(cells, order);
}

/** True when the cell is a time of day by itself, with an offset or without. */
export function recogniseClock(
  cell: string,
): { readonly hasOffset: boolean; readonly label: string } | undefined {
  const match = CLOCK.exec(cell);
  const groups = match?.groups;
  if (groups === undefined) return undefined;
  return { hasOffset: groups['offset'] !== undefined, label: timeLabel(groups['time'], groups['offset']) };
}

function dated(
  shape: StampFormat['shape'],
  tail: string,
  label: string,
  orderUnknown = false,
): StampFormat | undefined {
  const groups = TAIL.exec(tail)?.groups;
  if (groups === undefined) return undefined;
  const { time, offset } = groups;
  return {
    shape,
    unitMs: 1,
    hasOffset: offset !== undefined,
    hasTime: time !== undefined,
    orderUnknown,
    label: time === undefined ? label : `${label} ${timeLabel(time, offset)}`,
  };
}

function compactFormat(tail: string): StampFormat | undefined {
  if (!/^\d/.test(tail)) return dated('compact', tail, 'yyyyMMdd');
  const label = tail.length === 4 ? 'yyyyMMddHHmm' : 'yyyyMMddHHmmss';
  return { shape: 'compact', unitMs: 1, hasOffset: false, hasTime: true, orderUnknown: false, label };
}

/** Seconds have 9 or 10 digits, milliseconds 12 or 13, micro- and nanoseconds three more each. */
function epochFormat(cell: string): StampFormat {
  const digits = cell.split('.')[0]?.length ?? 0;
  const [unitMs, unit] =
    digits <= 10 ? [1000, 's'] : digits <= 13 ? [1, 'ms'] : digits <= 16 ? [1e-3, 'us'] : [1e-6, 'ns'];
  return {
    shape: 'epoch',
    unitMs,
    hasOffset: true,
    hasTime: true,
    orderUnknown: false,
    label: `epoch ${unit}`,
  };
}

/** Dots always mean day first. Otherwise a number above 12 tells, or the user. */
function dayMonthFormat(cells: readonly string[], order: 'dmy' | 'mdy' | undefined): StampFormat | undefined {
  const first = DMY.exec(cells[0] ?? '');
  if (first === null) return undefined;
  const dayFirst = cells.some((cell) => Number(DMY.exec(cell)?.[1]) > 12);
  const monthFirst = cells.some((cell) => Number(DMY.exec(cell)?.[3]) > 12);
  const separator = first[2] ?? '';
  const told = separator === '.' ? 'dmy' : dayFirst ? 'dmy' : monthFirst ? 'mdy' : order;
  const tail = (cells[0] ?? '').slice(first[0].length);
  const label = (told === 'mdy' ? ['MM', 'dd', 'yyyy'] : ['dd', 'MM', 'yyyy']).join(separator);
  return dated(told ?? 'dmy', tail, label, told === undefined);
}

function timeLabel(time: string | undefined, offset: string | undefined): string {
  const clock = time?.includes(':')
    ? time
        .replace(/\d+:\d+/, 'HH:mm')
        .replace(/:\d+/, ':ss')
        .replace(/\.\d+/, '.SSS')
        .replace(/ ?[ap]m/i, ' a')
    : (time?.length ?? 0) === 4
      ? 'HHmm'
      : 'HHmmss';
  return offset === undefined ? clock : `${clock}${offset.trim().toUpperCase() === 'Z' ? 'Z' : '±HH:mm'}`;
}

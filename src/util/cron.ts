interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59, names: [] },
  { name: 'hour', least: 0, most: 23, names: [] },
  { name: 'day of the month', least: 1, most: 31, names: [] },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'weekday', least: 0, most: 7, names: WEEKDAYS },
];
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A cron expression: what each field allows, and whether the days are not restricted by one of their two fields. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 to 7; 0 and 7 are Sunday. */
  readonly weekdays: readonly number[];
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

/** Reads a cron expression of five fields (minute, hour, day of the month, month, weekday), or says why it is none. */
export function parseCron(text: string): Cron | string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `"${text}" has ${parts.length} ${parts.length === 1 ? 'field' : 'fields'}, expected five: minute hour day month weekday`;
  }
  const values: number[][] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = valuesOf(parts[index] ?? '', field);
    if (typeof read === 'string') return `"${text}": ${read}`;
    values.push(read);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = values;
  const [anyDay = true, anyWeekday = true] = [parts[2], parts[4]].map((part) => part?.startsWith('*'));
  const comes = months.some((month) => days.some((day) => day <= (LONGEST_MONTH[month - 1] ?? 0)));
  if (anyWeekday && !comes) return `"${text}" names a day that never comes`;
  return { minutes, hours, days, months, weekdays, anyDay, anyWeekday };
}

/** Why a text is no cron expression; undefined where it is one. */
export function cronProblem(text: string): string | undefined {
  const cron = parseCron(text);
  return typeof cron === 'string' ? cron : undefined;
}

function valuesOf(text: string, field: Field): number[] | string {
  const values: number[] = [];
  for (const item of text.split(',')) {
    const read = rangeOf(item, field);
    if (typeof read === 'string') return read;
    values.push(...read);
  }
  return values;
}

function rangeOf(item: string, field: Field): number[] | string {
  const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(item);
  if (!match?.[1] || (match[1] === '*' && match[2] !== undefined)) {
    return `"${item}" is no ${field.name}, expected ${expected(field)}`;
  }
  const every = match[1] === '*';
  const from = every ? field.least : numberOf(match[1], field);
  const to =
    every || (match[2] === undefined && match[3] !== undefined) ? field.most : numberOf(match[2] ?? match[1], field);
  if (from === undefined || to === undefined) return `"${item}" is no ${field.name}, expected ${expected(field)}`;
  if (from > to) return `"${item}" runs backwards`;
  const step = Number(match[3] ?? 1);
  if (step < 1 || step > field.most) return `"${item}" has a step outside 1 to ${field.most}`;
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function numberOf(text: string, field: Field): number | undefined {
  const named = field.names.indexOf(text.toLowerCase());
  if (named >= 0) return named + field.least;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.least && value <= field.most ? value : undefined;
}

function expected(field: Field): string {
  const names = field.names.length > 0 ? ` or ${field.names[0]} to ${field.names.at(-1)}` : '';
  return `${field.least} to ${field.most}${names}`;
}

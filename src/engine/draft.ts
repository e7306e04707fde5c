import { stringify } from 'yaml';
import { printLogicalType } from '../sql/logical-type.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';

/** What a first contract is made of. */
export interface DraftInput {
  readonly contract: string;
  readonly table: string;
  readonly location: string;
  readonly warehouse?: string;
  readonly profile: TableProfile;
  /** Microseconds since 1970; ages are measured from it. */
  readonly now: bigint;
  /** Address of `contract.schema.json` for editors. */
  readonly schema: string;
}

const SHARES = [0.1, 0.5, 1, 2, 5, 10, 25, 50] as const;
const AGES: readonly (readonly [string, bigint])[] = [
  ['1h', 1n],
  ['6h', 6n],
  ['1d', 24n],
  ['2d', 48n],
  ['7d', 168n],
  ['14d', 336n],
];
const HOUR = 3_600_000_000n;
/** Rows from which the absence of something says something (semantics §12). */
const ENOUGH_ROWS = 100n;

/** Names of columns that hold what identifies a person. */
const PERSONAL =
  /(^|[^a-z])(e?mail|phone|mobile|(first|last|full|sur)_?name|name|address|street|birth|born|dob)([^a-z]|$)/i;

/** A first contract from what the data shows: each guess says what it was guessed from. */
export function draftContract(input: DraftInput): string {
  const { profile } = input;
  const lines = [
    `# yaml-language-server: $schema=${input.schema}`,
    `# A first draft from ${profile.rows} rows: every promise below is what the data showed, not yet what anyone meant.`,
    `contract: ${scalar(input.contract)}`,
    'version: 0.1.0',
    'status: draft  # verified, never worse than a warning; active needs raci',
    '# raci: { responsible: who-does-it, accountable: who-answers-for-it }',
    ...(needsZone(profile) ? ['timezone: UTC  # guess: zone of dates and of times without an offset'] : []),
    ...(input.warehouse === undefined ? [] : [`warehouse: ${scalar(input.warehouse)}`]),
    'tables:',
    `  ${scalar(input.table)}:`,
    `    location: ${scalar(input.location)}`,
    ...keyLines(profile),
    `    rows: { min: ${profile.rows / 2n} }  # half of the ${profile.rows} rows seen`,
    ...freshnessLines(input),
    '    columns:',
    ...profile.columns.map((column) => `      ${columnLine(column, profile)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function needsZone(profile: TableProfile): boolean {
  return profile.columns.some(({ type }) => type.name === 'date' || type.name === 'timestamp');
}

function keyLines(profile: TableProfile): readonly string[] {
  if (profile.key.length > 0)
    return [`    key: [${profile.key.map((name) => scalar(name)).join(', ')}]  # unique in every row seen`];
  return ['    # key: no one or two columns are unique in every row'];
}

function freshnessLines({ profile, now }: DraftInput): readonly string[] {
  const timed = profile.columns.filter((column) => column.newest !== undefined && column.newest <= now);
  const [newest] = timed.toSorted((a, b) => Number((b.newest ?? 0n) - (a.newest ?? 0n)));
  if (newest?.newest === undefined) return [];
  const age = now - newest.newest;
  if (age >= 168n * HOUR) return [`    # freshness: the newest ${newest.name} is over 7 days old`];
  const [within] = AGES.find(([, hours]) => hours * HOUR >= age * 2n) ?? AGES[AGES.length - 1] ?? ['14d'];
  return [`    freshness: { column: ${scalar(newest.name)}, within: ${within} }  # twice the age seen, rounded up`];
}

function columnLine(column: ColumnProfile, profile: TableProfile): string {
  const keys: string[] = [`type: ${flowScalar(typeText(column))}`];
  const notes: string[] = [];
  const isKey = profile.key.includes(column.name);
  if (!isKey && column.missing === 0n && profile.rows >= ENOUGH_ROWS) {
    keys.push('required: true');
    notes.push('no NULL seen');
  } else if (column.missing > 0n) {
    const share = SHARES.find((percent) => column.missing * 1000n <= BigInt(percent * 10) * profile.rows);
    if (share !== undefined) keys.push(`missing: ${share}%`);
    notes.push(`${column.missing} of ${profile.rows} missing`);
  }
  const personal = PERSONAL.test(column.name);
  // What a person is called has no place in a contract.
  if (column.values && !personal && !isKey && !column.format && profile.rows >= ENOUGH_ROWS) {
    keys.push(`enum: [${column.values.map((value) => flowScalar(value)).join(', ')}]`);
    notes.push('all values seen');
  }
  if (column.neverNegative) keys.push('min: 0');
  if (column.format) keys.push(`format: ${column.format}`);
  if (personal) {
    keys.push('classification: pii');
    notes.push('masked in samples by its name');
  }
  const comment = notes.length > 0 ? `  # ${notes.join(', ')}` : '';
  const value = keys.length === 1 && !isKey ? (keys[0] as string).slice('type: '.length) : `{ ${keys.join(', ')} }`;
  return `${scalar(column.name)}: ${value}${comment}`;
}

/** Six digits of a second are what engines hold when nobody asks: no promise anyone made. */
function typeText({ type }: ColumnProfile): string {
  // More digits than the language has: any size.
  if (type.name === 'decimal' && (type.precision ?? 0) > 38) return 'decimal';
  const usual = 'precision' in type && type.precision === 6 && type.name !== 'decimal';
  return printLogicalType(usual ? { name: type.name } : type);
}

/** A value as YAML writes it in a block, quoted where it has to be. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

/** A value inside `{ }` or `[ ]`. */
function flowScalar(text: string): string {
  return /^[A-Za-z][A-Za-z0-9_ .<>()/-]*$/.test(text) && scalar(text) === text && !text.includes(',')
    ? text
    : JSON.stringify(text);
}

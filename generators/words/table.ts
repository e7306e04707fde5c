import type { Schedule, Table, Updates } from '../../src/model/contract.ts';
import { ageWords, boundWords, changeWords } from './threshold.ts';
import { oneLine, type Wording } from './wording.ts';

/** Label → what the table promises of all its rows. */
export type TableFact = readonly [label: string, words: string];

/** What a table promises as a whole. Texts that a person wrote in words, such as the grain, are not among it. */
export function tableFacts(table: Table, { code }: Wording): readonly TableFact[] {
  const { location, key, where, partitionedBy, timeColumn, window, freshness, updates, retention } = table;
  const names = (columns: readonly { readonly text: string }[]): string =>
    columns.map(({ text }) => code(text)).join(', ');
  const reach = [
    ...(retention?.min ? [`reaches back ${retention.min.text}`] : []),
    ...(retention?.max ? [`nothing older than ${retention.max.text}`] : []),
  ];
  const age = freshness?.column ?? timeColumn;
  const clock = freshness?.clock === 'business' ? ', in business hours' : '';
  return [
    ...(location ? [['Location', code(location.text)] as const] : []),
    ...(key ? [['Key', `${names(key.columns)}${key.window ? ` within ${key.window.text}` : ''}`] as const] : []),
    ...(where ? [['Only rows where', code(oneLine(where.text))] as const] : []),
    ...(partitionedBy ? [['Partitioned by', names(partitionedBy.columns)] as const] : []),
    ...(timeColumn ? [['Time column', code(timeColumn.text)] as const] : []),
    ...(window ? [['Row checks look at', `the last ${window.text}`] as const] : []),
    ['Rows', rowsWords(table)],
    ...(freshness
      ? [['Freshness', `${ageWords(freshness.within)}${age ? `, by ${code(age.text)}` : ''}${clock}`] as const]
      : []),
    ...(updates ? [['Updates', updatesWords(updates, code)] as const] : []),
    ...(reach.length > 0 ? [['Retention', reach.join(', ')] as const] : []),
    ['Other columns', EXTRA[table.extraColumns]],
  ];
}

const EXTRA = { allow: 'allowed', warn: 'a warning', forbid: 'forbidden' } as const;

/** When Surety verifies: `15 * * * *`, with its time zone. */
export function scheduleWords({ cron, timezone }: Schedule, code: Wording['code']): string {
  return `${code(cron)}${timezone === undefined ? '' : `, time zone ${code(timezone)}`}`;
}

function rowsWords({ rows: { min, max, slots, change, from } }: Table): string {
  const bounds = [...(min ? [boundWords(min, 'min')] : []), ...(max ? [boundWords(max, 'max')] : [])];
  const perSlot = [
    ...(slots?.min ? [boundWords(slots.min, 'min')] : []),
    ...(slots?.max ? [boundWords(slots.max, 'max')] : []),
  ];
  const parts = [
    ...(bounds.length > 0 ? [bounds.join(', ')] : []),
    ...(slots && perSlot.length > 0 ? [`per ${slots.per} ${perSlot.join(', ')}`] : []),
    ...(change ? [`changes ${changeWords(change)}${from === undefined ? '' : ` compared with ${from}`}`] : []),
  ];
  return parts.length === 0 ? 'any number' : parts.join('; ');
}

function updatesWords({ onDemand, every, cron, grace }: Updates, code: Wording['code']): string {
  const when = onDemand ? 'on demand' : every ? `every ${every.text}` : cron === undefined ? '' : code(cron);
  return `${when}${grace ? `, ${grace.text} of grace` : ''}`;
}

import type { Column, DeclaredCheck, Table } from '../../src/model/contract.ts';
import type { ContractInput, GeneratorInput } from '../generator.ts';
import { checkWords } from '../words/check.ts';
import { columnFacts, columnRules, deprecationWords, tellsValues } from '../words/column.ts';
import { scheduleWords, tableFacts } from '../words/table.ts';
import { oneLine } from '../words/wording.ts';
import type { Linked } from './links.ts';
import { ownersLine, ownersTable } from './owners.ts';
import { type Section, tableKey, valuesKey } from './section.ts';
import { escaped, grid, inline, link, paragraphs, span } from './text.ts';

/** A table: what it promises, its columns, its features, its checks, and what the values of enums mean. */
export function tableSections(
  input: ContractInput,
  table: Table,
  parties: GeneratorInput['parties'],
  linked: Linked,
): readonly Section[] {
  const { deprecated, description, raci, columns, features, checks } = table;
  const words = deprecated ? deprecationWords(deprecated, linked.wording) : '';
  const of = (part: string): string => `${part} of ${table.name}`;
  return [
    {
      level: 2,
      title: table.name,
      key: tableKey(table.name),
      blocks: [
        ...(deprecated ? [`> **Deprecated**${words === '' ? '' : `: ${words}`}`] : []),
        ...(description === undefined ? [] : paragraphs(description)),
        grid(['Promise', ''], factRows(input, table, linked)),
        ...(raci ? [ownersTable(raci, parties)] : []),
      ],
    },
    { level: 3, title: of('Columns'), blocks: [columnsTable(table, columns, linked)] },
    ...(features.length > 0
      ? [
          {
            level: 3,
            title: of('Features'),
            blocks: ['Derived from the columns above; not in the table.', columnsTable(table, features, linked)],
          } as const,
        ]
      : []),
    ...(checks.length > 0 ? [{ level: 3, title: of('Checks'), blocks: [checksTable(checks, linked)] } as const] : []),
    ...[...columns, ...features].filter(tellsValues).map((column) => valuesSection(table, column, linked)),
  ];
}

function factRows({ originOf }: ContractInput, table: Table, { wording }: Linked): readonly (readonly string[])[] {
  const { grain, warehouse, severity, schedule, tags, renamedFrom } = table;
  const links = Object.entries(table.links).map(([name, address]) => link(name, address));
  return [
    ...(grain === undefined ? [] : [['Grain', inline(grain)]]),
    ['Engine', ENGINES[originOf(table).engine]],
    ...(warehouse ? [['Warehouse', span(warehouse.text)]] : []),
    ...tableFacts(table, wording),
    ...(severity ? [['Severity', severity]] : []),
    ...(schedule ? [['Verified', scheduleWords(schedule, span)]] : []),
    ...(renamedFrom === undefined ? [] : [['Formerly', span(renamedFrom)]]),
    ...(tags.length > 0 ? [['Tags', tags.map(span).join(', ')]] : []),
    ...(links.length > 0 ? [['Links', links.join(', ')]] : []),
  ];
}

const ENGINES = { files: 'files', duckdb: 'DuckDB', postgres: 'PostgreSQL', mysql: 'MySQL or MariaDB' } as const;

type ColumnOrFeature = Column & Partial<Pick<Table['features'][number], 'as'>>;

function columnsTable(table: Table, columns: readonly ColumnOrFeature[], linked: Linked): string {
  const keys = new Set(table.key?.columns.map(({ text }) => text));
  return grid(
    ['Name', 'Type', 'Required', 'Unit', 'Description', 'Rules', 'Computed as', 'Class'],
    columns.map((column) => [
      span(column.name),
      span(column.typeText.text),
      column.required ? 'yes' : '',
      column.unit === undefined ? '' : escaped(column.unit),
      descriptionCell(column, linked),
      rulesCell(table, column, keys.has(column.name), linked),
      column.as ? span(oneLine(column.as.text)) : '',
      column.classification ? span(column.classification.text) : '',
    ]),
  );
}

function descriptionCell({ deprecated, description, links, tags, raci }: Column, { wording }: Linked): string {
  const words = deprecated ? deprecationWords(deprecated, wording) : '';
  return [
    ...(deprecated ? [`**Deprecated**${words === '' ? '' : `: ${words}`}`] : []),
    ...(description === undefined ? [] : [inline(description)]),
    ...Object.entries(links).map(([name, address]) => link(name, address)),
    ...(tags.length > 0 ? [`tags: ${tags.map(span).join(', ')}`] : []),
    ...(raci ? [ownersLine(raci)] : []),
  ].join('<br>');
}

function rulesCell(table: Table, column: Column, isKey: boolean, linked: Linked): string {
  const anchor = tellsValues(column) ? linked.anchor(valuesKey(table.name, column.name)) : undefined;
  return [
    ...(isKey ? ['key'] : []),
    ...columnRules(column, linked.wording),
    ...(anchor === undefined ? [] : [`[what the values mean](#${anchor})`]),
    ...columnFacts(column, linked.wording),
    ...(column.severity ? [`severity ${column.severity}`] : []),
  ].join('<br>');
}

function checksTable(checks: readonly DeclaredCheck[], { wording }: Linked): string {
  return grid(
    ['Check', 'Promise', 'Description', 'Severity'],
    checks.map((check) => [
      span(check.id),
      checkWords(check, wording),
      [
        ...(check.description === undefined ? [] : [inline(check.description)]),
        ...Object.entries(check.links).map(([name, address]) => link(name, address)),
        ...(check.tags.length > 0 ? [`tags: ${check.tags.map(span).join(', ')}`] : []),
        ...(check.schedule ? [`verified ${scheduleWords(check.schedule, span)}`] : []),
        ...(check.raci ? [ownersLine(check.raci)] : []),
      ].join('<br>'),
      check.severity ?? '',
    ]),
  );
}

function valuesSection(table: Table, column: Column, { wording }: Linked): Section {
  const rows = (column.enum?.values ?? []).map(({ text, description, deprecated, renamedFrom }) => {
    const words = deprecated ? deprecationWords(deprecated, wording) : '';
    return [
      text === '' ? 'empty text' : span(text),
      [
        ...(deprecated ? [`**Deprecated**${words === '' ? '' : `: ${words}`}`] : []),
        ...(description === undefined ? [] : [inline(description)]),
        ...(renamedFrom === undefined ? [] : [`formerly ${span(renamedFrom)}`]),
      ].join('<br>'),
    ];
  });
  return {
    level: 3,
    title: `Values of ${table.name}.${column.name}`,
    key: valuesKey(table.name, column.name),
    blocks: [grid(['Value', 'Meaning'], rows), ...(column.enum?.open ? ['Other values may come.'] : [])],
  };
}

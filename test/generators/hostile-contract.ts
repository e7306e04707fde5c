import type { ContractInput, GeneratorInput } from '../../generators/generator.ts';
import type { Column, Contract, Table } from '../../src/model/contract.ts';
import { FIXTURE, inputOf } from './input.ts';

let loaded: Promise<GeneratorInput> | undefined;

/** The fixture's contract of every feature, with the text wherever a person may write one. */
export async function withText(text: string): Promise<GeneratorInput> {
  loaded ??= inputOf(FIXTURE);
  const input = await loaded;
  const every = input.contracts.find(({ contract }) => contract.name === 'shop.orders');
  if (!every) throw new Error('the fixture has no contract of every feature');
  const hostile: ContractInput = { ...every, contract: contractOf(every.contract, text) };
  return {
    contracts: [hostile],
    known: [hostile],
    parties: new Map([[text, { title: text, slack: text, email: text }]]),
  };
}

function contractOf(contract: Contract, text: string): Contract {
  const at = contract.at;
  const written = { text, at };
  return {
    ...contract,
    title: text,
    description: `${text}\n\n- ${text}\n${text}`,
    domain: text,
    tags: [text],
    links: { [text]: text },
    calendar: written,
    raci: { at, responsible: [written], accountable: written, consulted: [], informed: [] },
    deprecated: { at, replacedBy: text },
    objectives: [],
    pipelines: [written],
    consumers: [{ at, name: text, party: written, uses: [written], description: text }],
    upstream: [{ at, contract: `external:${text}`, columns: [written] }],
    tables: contract.tables.map((table, index) => tableOf(table, text, index)),
  };
}

function tableOf(table: Table, text: string, index: number): Table {
  const written = { text, at: table.at };
  const [check] = table.checks;
  return {
    ...table,
    name: `${table.name}${index === 0 ? '' : text}`,
    description: text,
    grain: text,
    where: written,
    deprecated: { at: table.at, replacedBy: text },
    columns: table.columns.map((column) => columnOf(column, text)),
    checks: check ? [{ ...check, id: text, description: text }] : [],
    tags: [text],
  };
}

function columnOf(column: Column, text: string): Column {
  const written = { text, at: column.at };
  const isNested = /[.[{]/.test(column.name);
  return {
    ...column,
    ...(!isNested && { physicalNames: [text] }),
    description: `${text}\n${text}`,
    unit: text,
    classification: written,
    tags: [text],
    links: { [text]: `https://a.example/${text}` },
    ...(column.enum && { enum: { ...column.enum, values: [{ ...written, description: text }] } }),
    ...(column.pattern && { pattern: written }),
    ...(column.default && { default: written }),
  };
}

/** Pieces that one format or another acts on. */
export const PIECES: readonly string[] = [
  ...[
    '`',
    '```',
    '\\',
    '|',
    '@a',
    '#1',
    '<!--',
    '-->',
    '<b>',
    '[x](y)',
    '![i](u)',
    '\n',
    '\r\n',
    '\n\n',
    '- ',
    '1. ',
    '# ',
    '> ',
  ],
  ...[
    'https://x.y',
    'javascript:alert(1)',
    'www.a.b',
    ':tada:',
    '$x$',
    '---',
    '===',
    '~~~',
    '*',
    '_',
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
  ],
  ...[
    '%%{init: {}}%%',
    '"',
    "'",
    ';',
    ':',
    '#quot;',
    '&lt;',
    '#35;',
    'direction TB',
    'style',
    'classDef',
    'end',
    'ﬂ°',
    '¶ß',
  ],
  ...["ref('x')", 'env_var("HOME")', "{{ env_var('HOME') }}", 'yes', '01', '~', '- x', ' # c', ': ', '=', '2001-01-01'],
  ...[
    '\u2028',
    '\u2029',
    '\u0085',
    '\ufeff',
    '\u202e',
    '\u0007',
    '🚚',
    'é',
    'word',
    ' ',
    '/',
    '*/',
    '/*',
    '${x}',
    'constructor',
  ],
];

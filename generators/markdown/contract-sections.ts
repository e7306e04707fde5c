import type { Contract } from '../../src/model/contract.ts';
import type { ContractInput, GeneratorInput } from '../generator.ts';
import { deprecationWords } from '../words/column.ts';
import { scheduleWords } from '../words/table.ts';
import type { Linked } from './links.ts';
import { ownersTable, partyName } from './owners.ts';
import type { Section } from './section.ts';
import { tableSections } from './table-sections.ts';
import { escaped, grid, inline, link, paragraphs, span } from './text.ts';

/** All sections of a contract's page. */
export function contractSections(
  input: ContractInput,
  { parties }: GeneratorInput,
  linked: Linked,
): readonly Section[] {
  const { contract } = input;
  const { raci, deprecated, description } = contract;
  const words = deprecated ? deprecationWords(deprecated, linked.wording) : '';
  const promises = serviceRows(contract);
  const lines = upstreamLines(contract, linked);
  return [
    {
      level: 1,
      title: titleOf(contract),
      blocks: [
        ...(deprecated ? [`> **Deprecated**${words === '' ? '' : `: ${words}`}`] : []),
        ...(description === undefined ? [] : paragraphs(description)),
        grid(['', ''], factRows(contract, linked)),
      ],
    },
    ...(raci ? [{ level: 2, title: 'Owners', blocks: [ownersTable(raci, parties)] } as const] : []),
    ...(promises.length > 0
      ? [{ level: 2, title: 'Service levels', blocks: [grid(['Promise', ''], promises)] } as const]
      : []),
    ...contract.tables.flatMap((table) => tableSections(input, table, parties, linked)),
    ...(lines.length > 0 ? [{ level: 2, title: 'Made from', blocks: [lines.join('\n')] } as const] : []),
    ...(contract.consumers.length > 0
      ? [{ level: 2, title: 'Read by', blocks: [consumersTable(contract, parties)] } as const]
      : []),
  ];
}

export function titleOf({ title, id }: Contract): string {
  return title === undefined || title.trim() === '' ? id : title.trim().replace(/\s+/g, ' ');
}

function factRows(contract: Contract, linked: Linked): readonly (readonly string[])[] {
  const { id, version, status, domain, tags, tables, timezone, calendar, warehouse, schedule, readers } = contract;
  const links = Object.entries(contract.links).map(([name, address]) => link(name, address));
  return [
    ['Contract', span(id)],
    ['Version', span(version)],
    ['Status', status],
    ...(domain === undefined ? [] : [['Domain', escaped(domain)]]),
    ...(tags.length > 0 ? [['Tags', tags.map(span).join(', ')]] : []),
    ['Tables', tables.map(({ name }) => linked.table(name)).join(', ')],
    ...(warehouse ? [['Warehouse', span(warehouse.text)]] : []),
    ...(timezone === undefined ? [] : [['Time zone', span(timezone)]]),
    ...(calendar ? [['Calendar', span(calendar.text)]] : []),
    ...(schedule ? [['Verified', scheduleWords(schedule, span)]] : []),
    ...(readers === 'closed' ? [['Readers', 'only those named here']] : []),
    ...(links.length > 0 ? [['Links', links.join(', ')]] : []),
  ];
}

function serviceRows({ objectives, response, pipelines }: Contract): readonly (readonly string[])[] {
  const clock = response?.clock === 'business' ? ' in business hours' : '';
  return [
    ...objectives.map(({ kind, text }) => [`Objective: ${escaped(kind)}`, escaped(text)]),
    ...(response?.acknowledge ? [['A breach is acknowledged within', `${response.acknowledge.text}${clock}`]] : []),
    ...(response?.resolve ? [['A breach is resolved within', `${response.resolve.text}${clock}`]] : []),
    ...(pipelines.length > 0 ? [['Pipelines', pipelines.map(({ text }) => span(text)).join(', ')]] : []),
  ];
}

function upstreamLines({ upstream }: Contract, linked: Linked): readonly string[] {
  return upstream.map(({ contract, columns }) => {
    const read = columns === 'all' ? 'all columns' : columns.map(({ text }) => span(text)).join(', ');
    return `- ${linked.contract(contract)}: ${read}`;
  });
}

function consumersTable({ consumers }: Contract, parties: GeneratorInput['parties']): string {
  return grid(
    ['Consumer', 'Party', 'Uses', 'Description'],
    consumers.map(({ name, party, uses, description }) => [
      span(name),
      partyName(party.text, parties),
      uses.map(({ text }) => span(text)).join(', '),
      description === undefined ? '' : inline(description),
    ]),
  );
}

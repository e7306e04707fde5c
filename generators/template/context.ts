import type { DeclaredCheck, Table } from '../../src/model/contract.ts';
import type { ContractInput, GeneratorInput } from '../generator.ts';
import { header } from '../header.ts';
import { checkWords } from '../words/check.ts';
import { tableFacts } from '../words/table.ts';
import { oneLine, PLAIN } from '../words/wording.ts';
import { columnContext, deprecationContext, linksContext, ownersContext, referenceContext } from './column-context.ts';

/** What a template gets: plain values, each part always there; what the contract does not say is `null`. docs/templates.md describes it. `options`: those that the header names. */
export function contextOf(input: ContractInput, parties: GeneratorInput['parties'], options: string) {
  const { contract, hash } = input;
  return {
    header: header('template', input, options),
    contract: {
      id: contract.id,
      name: contract.name,
      version: contract.version,
      major: contract.major,
      hash,
      status: contract.status,
      title: contract.title ?? null,
      description: contract.description?.trim() ?? null,
      domain: contract.domain ?? null,
      warehouse: contract.warehouse?.text ?? null,
      timezone: contract.timezone ?? null,
      readers: contract.readers,
      owners: ownersContext(contract.raci),
      deprecated: deprecationContext(contract.deprecated),
      objectives: contract.objectives.map(({ kind, text }) => ({ kind, text })),
      upstream: contract.upstream.map(({ contract: name, columns }) => ({
        contract: name,
        columns: columns === 'all' ? [] : columns.map(({ text }) => text),
        all: columns === 'all',
      })),
      consumers: contract.consumers.map(({ name, party, uses, description }) => ({
        name,
        party: party.text,
        uses: uses.map(({ text }) => text),
        description: description?.trim() ?? null,
      })),
      tags: contract.tags,
      links: linksContext(contract.links),
    },
    tables: contract.tables.map((table) => tableContext(table, input)),
    parties: [...parties].map(([name, { title, slack, email }]) => ({
      name,
      title: title ?? null,
      slack: slack ?? null,
      email: email ?? null,
    })),
  };
}

function tableContext(table: Table, { contract, originOf, checksOf }: ContractInput) {
  const key = new Set(table.key?.columns.map(({ text }) => text));
  return {
    name: table.name,
    location: table.location?.text ?? null,
    warehouse: (table.warehouse ?? contract.warehouse)?.text ?? null,
    engine: originOf(table).engine,
    grain: table.grain ?? null,
    description: table.description?.trim() ?? null,
    key: [...key],
    where: table.where ? oneLine(table.where.text) : null,
    timeColumn: table.timeColumn?.text ?? null,
    facts: tableFacts(table, PLAIN).map(([label, text]) => ({ label, text })),
    owners: ownersContext(table.raci ?? contract.raci),
    severity: table.severity ?? null,
    deprecated: deprecationContext(table.deprecated),
    columns: table.columns.map((column) => columnContext(column, key.has(column.name))),
    features: table.features.map((feature) => columnContext(feature, false)),
    checks: table.checks.map(checkContext),
    checkPaths: checksOf(table),
    tags: table.tags,
    links: linksContext(table.links),
  };
}

function checkContext(check: DeclaredCheck) {
  return {
    id: check.id,
    kind: check.kind,
    promise: checkWords(check, PLAIN),
    sql: sqlOf(check),
    columns: 'columns' in check ? check.columns.columns.map(({ text }) => text) : [],
    to: check.kind === 'references' ? check.to.map(referenceContext) : [],
    where: check.where ? oneLine(check.where.text) : null,
    severity: check.severity ?? null,
    description: check.description?.trim() ?? null,
    owners: ownersContext(check.raci),
    tags: check.tags,
    links: linksContext(check.links),
  };
}

function sqlOf(check: DeclaredCheck): string | null {
  if (check.kind === 'expect') return check.condition.text.trim();
  if (check.kind === 'failingRows') return check.query.text.trim();
  return check.kind === 'metric' ? check.metric.text.trim() : null;
}

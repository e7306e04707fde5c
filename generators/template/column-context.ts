import type { Column, Deprecation, Raci, Reference, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { columnFacts, columnRules } from '../words/column.ts';
import { oneLine, PLAIN } from '../words/wording.ts';

type ColumnOrFeature = Column & Partial<Pick<Table['features'][number], 'as'>>;

/** A column or feature, plain; what the contract does not say is `null`. */
export function columnContext(column: ColumnOrFeature, isKey: boolean) {
  const { name, type, typeText, required, unique, missing, references, deprecated, raci } = column;
  return {
    name,
    physicalNames: column.physicalNames,
    type: typeText.text,
    baseType: type.name,
    ...sizes(type),
    required,
    key: isKey,
    unique: unique !== undefined,
    unit: column.unit ?? null,
    timezone: column.timezone ?? null,
    description: column.description?.trim() ?? null,
    classification: column.classification?.text ?? null,
    default: column.default?.text ?? null,
    generated: column.generated,
    expression: column.as ? oneLine(column.as.text) : null,
    pattern: column.pattern?.text ?? null,
    format: column.format?.text ?? null,
    min: column.min?.text ?? null,
    max: column.max?.text ?? null,
    exclusiveMin: column.exclusiveMin?.text ?? null,
    exclusiveMax: column.exclusiveMax?.text ?? null,
    minLength: column.minLength?.count ?? null,
    maxLength: column.maxLength?.count ?? null,
    values: (column.enum?.values ?? []).map((value) => ({
      value: value.text,
      description: value.description?.trim() ?? null,
      deprecated: deprecationContext(value.deprecated),
    })),
    openEnum: column.enum?.open ?? false,
    missingValues: (missing?.values ?? []).map(({ text }) => text),
    references: references ? referenceContext(references.to) : null,
    rules: columnRules(column, PLAIN),
    facts: columnFacts(column, PLAIN),
    severity: column.severity ?? null,
    deprecated: deprecationContext(deprecated),
    owners: ownersContext(raci),
    tags: column.tags,
    links: linksContext(column.links),
  };
}

function sizes(type: LogicalType) {
  return {
    length: type.name === 'string' ? (type.length ?? null) : null,
    bits: type.name === 'integer' || type.name === 'float' ? (type.bits ?? null) : null,
    precision: 'precision' in type ? (type.precision ?? null) : null,
    scale: type.name === 'decimal' ? (type.scale ?? null) : null,
  };
}

export function referenceContext({ text, contract, major, table, column }: Reference) {
  return { text, contract: contract ?? null, major: major ?? null, table, column: column ?? null };
}

export function deprecationContext(deprecated: Deprecation | undefined) {
  if (!deprecated) return null;
  const { since, sunset, replacedBy } = deprecated;
  return { since: since ?? null, sunset: sunset ?? null, replacedBy: replacedBy ?? null };
}

export function ownersContext(raci: Raci | undefined) {
  if (!raci) return null;
  const names = (parties: Raci['informed']): readonly string[] => parties.map(({ text }) => text);
  return {
    accountable: raci.accountable?.text ?? null,
    responsible: names(raci.responsible),
    consulted: names(raci.consulted),
    informed: names(raci.informed),
  };
}

export function linksContext(links: Readonly<Record<string, string>>) {
  return Object.entries(links).map(([name, address]) => ({ name, address }));
}

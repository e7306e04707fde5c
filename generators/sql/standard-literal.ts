import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Literal } from '../../src/sql/literal.ts';

/** A literal of standard SQL: `12.5`, `'a'`, `true`, `date '2020-01-01'`; undefined for `now`. */
export function standardLiteral(
  literal: Literal,
  type: LogicalType,
  quote: (text: string) => string,
  special: (name: string) => string,
): string | undefined {
  const { kind, text } = literal;
  switch (kind) {
    case 'decimal':
      return text;
    case 'float':
      return Number.isFinite(Number(text)) ? text : special(text);
    case 'boolean':
      return text;
    case 'date':
    case 'time':
    case 'timestamp':
      return `${kind} ${quote(text.replace('T', ' '))}`;
    case 'instant':
      return `timestamptz ${quote(text.replace('T', ' ').replace('Z', '+00'))}`;
    case 'uuid':
      return `cast(${quote(text)} as uuid)`;
    case 'now':
      return undefined;
    case 'text':
      return type.name === 'string' ? quote(text) : undefined;
  }
}

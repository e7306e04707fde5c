import type { Column, Table } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { printLogicalType } from '../../src/sql/logical-type.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import { maskedIn } from '../../src/values/masked-in.ts';
import { isMasked } from '../../src/values/shown.ts';
import type { ValueRuleSpec } from '../../src/values/value-rule.ts';
import { meetsBroken } from './tolerance.ts';

/** A schema in the keywords of `validators-keywords.ts`. */
export interface Schema {
  /** Key of the rule that holds for the value itself. */
  readonly rule?: string;
  /** Why no value may stand there. */
  readonly refused?: string;
  /** Names that must be there. */
  readonly present?: readonly string[];
  /** No other names than those of `properties` may be there. */
  readonly closed?: true;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of the member `__proto__`, which stands in no `properties`. */
  readonly inherited?: Schema;
  readonly items?: Schema;
  readonly entries?: MapSchema;
}

/** Of the keys of a map the rule, of its values the schema. */
export interface MapSchema extends Schema {
  readonly keyRule: string;
  /** Keys may stand in paths. */
  readonly keysShown: boolean;
}

export interface Schemas {
  readonly row: Schema;
  readonly insertable: Schema;
  /** Key → rule: by path, `path (lax)` where some values may break the rules, `path (key)` for keys of maps. */
  readonly rules: ReadonlyMap<string, ValueRuleSpec>;
}

export interface SchemaOptions {
  readonly instants: 'text' | 'date';
  readonly timezone?: string;
}

const GENERATED = 'is generated where it is stored: leave it out';

/** What the rows of a table have to be, as they are read and as they are written. */
export function schemasOf(table: Table, options: SchemaOptions): Schemas {
  const rules = new Map<string, ValueRuleSpec>();
  const stored = fieldsOf(table.columns);
  const features = fieldsOf<Column>(table.features);
  const schemaOf = (use: 'row' | 'insertable') => schemaMaker(use, options, rules);
  const forRows = schemaOf('row');
  const forInserts = schemaOf('insertable');
  const writable = stored.filter(({ column }) => column?.default === undefined && !column?.generated);
  return {
    row: {
      present: stored.map(({ name }) => name),
      ...(table.extraColumns === 'forbid' && { closed: true }),
      ...propertiesOf([...stored, ...features], forRows),
    },
    insertable: {
      present: writable.filter(({ required }) => required).map(({ name }) => name),
      closed: true,
      ...propertiesOf(stored, (field) => (field.column?.generated ? { refused: GENERATED } : forInserts(field))),
    },
    rules,
  };
}

type Make = (field: Field<Column>, inherited?: string) => Schema;

function propertiesOf(
  fields: readonly Field<Column>[],
  make: Make,
  classification?: string,
): Pick<Schema, 'properties' | 'inherited'> {
  const made = fields.map((field) => [field.name, make(field, classification)] as const);
  const inherited = made.find(([name]) => name === '__proto__')?.[1];
  const properties = Object.fromEntries(made.filter(([name]) => name !== '__proto__'));
  return { properties, ...(inherited && { inherited }) };
}

function schemaMaker(use: 'row' | 'insertable', options: SchemaOptions, rules: Map<string, ValueRuleSpec>): Make {
  const make: Make = (field, inherited) => {
    const { shape, path, type } = field;
    const own = field.column?.classification?.text;
    const classification = isMasked(own) ? own : inherited;
    const spec = specOf(field, options, classification ?? maskedIn(field, (column) => column.classification?.text));
    const isLax = use === 'row' && field.column !== undefined && meetsBroken(field.column) && hasRules(spec, type);
    const rule = isLax ? `${path} (lax)` : path;
    rules.set(rule, isLax ? { ...typeOnly(spec), lax: true } : spec);
    switch (shape.kind) {
      case 'value':
        return { rule };
      case 'struct':
        return {
          rule,
          ...(shape.fields.length > 0 && {
            present: shape.fields.map(({ name }) => name),
            ...propertiesOf(shape.fields, make, classification),
          }),
        };
      case 'array':
        return { rule, items: make(shape.element, classification) };
      case 'map': {
        const keyRule = `${path} (key)`;
        rules.set(keyRule, { type: printLogicalType(shape.key), required: true, ...maskOf(classification) });
        return {
          rule,
          entries: { ...make(shape.value, classification), keyRule, keysShown: !isMasked(classification) },
        };
      }
    }
  };
  return make;
}

function specOf(field: Field<Column>, { instants, timezone }: SchemaOptions, classification?: string): ValueRuleSpec {
  const { column, type, shape } = field;
  // JSON with declared members is an object.
  const text = shape.kind === 'struct' ? 'struct' : printLogicalType(type);
  const zone = column?.timezone ?? timezone;
  const isNaive = type.name === 'date' || type.name === 'timestamp';
  const moves = [column?.min, column?.max, column?.exclusiveMin, column?.exclusiveMax].some(
    (bound) => bound?.text.trim() === 'now',
  );
  return {
    type: text,
    ...(field.required && { required: true }),
    ...(column && rulesOf(column, type)),
    ...(isNaive && moves && zone !== undefined && { timezone: zone }),
    ...maskOf(classification),
    ...(type.name === 'instant' && instants === 'date' && { instants }),
  };
}

function maskOf(classification: string | undefined): Pick<ValueRuleSpec, 'classification'> {
  return isMasked(classification) && classification !== undefined ? { classification } : {};
}

function rulesOf(column: Column, type: LogicalType): Partial<ValueRuleSpec> {
  const { pattern, format, min, max, exclusiveMin, exclusiveMax, minLength, maxLength } = column;
  const closed = column.enum && !column.enum.open ? column.enum.values.map(({ text }) => text) : undefined;
  const missing = column.missing?.values.map(({ text }) => text) ?? [];
  return {
    ...(closed && { enum: closed }),
    ...(pattern && { pattern: pattern.text }),
    // On dates it is the form of a text file.
    ...(format && type.name === 'string' && { format: format.text }),
    ...(min && { min: min.text }),
    ...(max && { max: max.text }),
    ...(exclusiveMin && { exclusiveMin: exclusiveMin.text }),
    ...(exclusiveMax && { exclusiveMax: exclusiveMax.text }),
    ...(minLength && { minLength: minLength.count }),
    ...(maxLength && { maxLength: maxLength.count }),
    ...(missing.length > 0 && { missing }),
  };
}

function typeOnly({ type, required, classification, instants }: ValueRuleSpec): ValueRuleSpec {
  return {
    type,
    ...(required && { required }),
    ...(classification !== undefined && { classification }),
    ...(instants && { instants }),
  };
}

/** Whether more is asked than type and presence. */
function hasRules(spec: ValueRuleSpec, type: LogicalType): boolean {
  const { missing: _, timezone: __, ...own } = spec;
  const isSized =
    (type.name === 'string' && type.length !== undefined) || (type.name === 'decimal' && type.precision !== undefined);
  return isSized || Object.keys(own).length > Object.keys(typeOnly(spec)).length;
}

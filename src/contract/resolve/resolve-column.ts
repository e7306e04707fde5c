import type { Column, EnumValue, Reference, ValueRules, WrittenText } from '../../model/contract.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { parseLogicalType } from '../../sql/logical-type.ts';
import type * as file from '../contract-file.generated.ts';
import {
  type Cursor,
  entries,
  field,
  isEmpty,
  isList,
  isMap,
  isTrue,
  items,
  keyPlaceOf,
  oneOrMore,
  placeOf,
  textOf,
  withDefaults,
  word,
  written,
} from '../cursor.ts';
import { didYouMean } from '../did-you-mean.ts';
import { parseReference } from '../reference.ts';
import {
  deprecationOf,
  durationOf,
  extensionsOf,
  linksOf,
  optionalText,
  optionalWritten,
  placesOf,
  present,
  type Resolving,
  raciOf,
  texts,
  toleranceOf,
} from './parts.ts';

/** Stands for a type that could not be read; its problem has been reported. */
const UNREADABLE: LogicalType = { name: 'native', native: '' };

/** A column with its definition filled in; `isKey` columns are required. */
export function resolveColumn(
  name: string,
  cursor: Cursor<file.ColumnOrType>,
  resolving: Resolving,
  isKey: boolean,
): Column {
  const own = isMap(cursor) ? (cursor as Cursor<file.Column>) : undefined;
  const column = own && withDefinitions(own, resolving);
  const type = own ? field(column, 'type') : cursor;
  const parsed = type ? parseLogicalType(textOf(type)) : undefined;
  // An unknown definition has been reported: it might have had one.
  if (!type && isWhole(own, resolving)) {
    resolving.report({
      code: 'lint/missing-type',
      severity: 'error',
      message: `column "${name}" has no type`,
      hint: 'add `type:`, or `use:` a definition that has one',
      at: keyPlaceOf(cursor),
    });
  }
  const openEnum = field(column, 'openEnum');
  if (openEnum && !field(column, 'enum')) {
    resolving.report({
      code: 'lint/idle-open-enum',
      severity: 'error',
      message: '`openEnum` means nothing without `enum`',
      hint: 'list the values that are known, or remove it',
      at: keyPlaceOf(openEnum),
    });
  }
  const physicalNames = oneOrMore(field(column, 'physicalName')).map(textOf);
  return present<Column>({
    name,
    type: parsed && 'type' in parsed ? parsed.type : UNREADABLE,
    typeText: type ? written(type) : { text: '', at: keyPlaceOf(cursor) },
    physicalNames: physicalNames.length > 0 ? physicalNames : [name],
    required: isKey || isTrue(field(column, 'required')),
    missing: missingOf(field(column, 'missing')),
    unique: uniqueOf(field(column, 'unique')),
    invalid: toleranceOf(field(column, 'invalid')),
    ...valueRulesOf(column),
    references: referencesOf(field(column, 'references')),
    unit: optionalText(field(column, 'unit')),
    timezone: optionalText(field(column, 'timezone')),
    classification: optionalWritten(field(column, 'classification')),
    default: optionalWritten(field(column, 'default')),
    generated: isTrue(field(column, 'generated')),
    severity: wordOf(field(column, 'severity')),
    raci: raciOf(field(column, 'raci')),
    deprecated: deprecationOf(field(column, 'deprecated')),
    renamedFrom: optionalText(field(column, 'renamedFrom')),
    description: optionalText(field(column, 'description')),
    tags: texts(field(column, 'tags')),
    links: linksOf(field(column, 'links')),
    extensions: extensionsOf(own),
    places: placesOf(own),
    at: keyPlaceOf(cursor),
  });
}

/** Whether all definitions that a column uses are there. */
function isWhole(column: Cursor<file.Column> | undefined, { definitions }: Resolving): boolean {
  const seen = new Set<string>();
  for (let use = field(column, 'use'); use !== undefined; ) {
    const name = textOf(use);
    const definition = definitions.get(name);
    if (!definition) return false;
    if (seen.has(name)) return true;
    seen.add(name);
    use = field(definition, 'use');
  }
  return true;
}

function withDefinitions(column: Cursor<file.Column>, resolving: Resolving): Cursor<file.Column> {
  let result = column;
  const seen = new Set<string>();
  for (let use = field(column, 'use'); use !== undefined; ) {
    const name = textOf(use);
    const definition = resolving.definitions.get(name);
    if (seen.has(name) || !definition) {
      resolving.report({
        code: seen.has(name) ? 'lint/circular-definition' : 'lint/unknown-definition',
        severity: 'error',
        message: seen.has(name) ? `definition "${name}" uses itself` : `there is no definition "${name}"`,
        hint: didYouMean(name, resolving.definitions.keys(), 'declare it under `definitions:`'),
        at: placeOf(use),
      });
      return result;
    }
    seen.add(name);
    result = withDefaults(result, definition);
    use = field(definition, 'use');
  }
  return result;
}

function valueRulesOf(column: Cursor<file.Column> | undefined): ValueRules {
  const values = field(column, 'enum');
  return present<ValueRules>({
    enum: values && { values: enumValuesOf(values), open: isTrue(field(column, 'openEnum')), at: placeOf(values) },
    pattern: optionalWritten(field(column, 'pattern')),
    format: optionalWritten(field(column, 'format')),
    min: optionalWritten(field(column, 'min')),
    max: optionalWritten(field(column, 'max')),
    exclusiveMin: optionalWritten(field(column, 'exclusiveMin')),
    exclusiveMax: optionalWritten(field(column, 'exclusiveMax')),
    minLength: countOf(field(column, 'minLength')),
    maxLength: countOf(field(column, 'maxLength')),
  });
}

function enumValuesOf(cursor: Cursor<NonNullable<file.Column['enum']>>): readonly EnumValue[] {
  if (isList(cursor)) return items(cursor).map((item) => written(item));
  return entries(cursor).map(([text, meaning]) => {
    return present<EnumValue>({
      text,
      at: keyPlaceOf(meaning),
      description: isMap(meaning)
        ? optionalText(field(meaning, 'description'))
        : isEmpty(meaning)
          ? undefined
          : textOf(meaning),
      deprecated: deprecationOf(field(meaning, 'deprecated')),
      renamedFrom: optionalText(field(meaning, 'renamedFrom')),
    });
  });
}

function missingOf(cursor: Cursor<NonNullable<file.Column['missing']>> | undefined): Column['missing'] {
  if (cursor === undefined) return undefined;
  return present<NonNullable<Column['missing']>>({
    allow: toleranceOf(field(cursor, 'allow') ?? (hasBounds(cursor) ? cursor : undefined)),
    values: items(field(cursor, 'values')).map((value): WrittenText => written(value)),
    at: placeOf(cursor),
  });
}

function hasBounds(cursor: Cursor<NonNullable<file.Column['missing']>>): boolean {
  return !isMap(cursor) || field(cursor, 'warn') !== undefined || field(cursor, 'fail') !== undefined;
}

function uniqueOf(cursor: Cursor<NonNullable<file.Column['unique']>> | undefined): Column['unique'] {
  if (cursor === undefined || (!isMap(cursor) && !isTrue(cursor))) return undefined;
  return present<NonNullable<Column['unique']>>({
    allow: toleranceOf(field(cursor, 'allow')),
    window: durationOf(field(cursor, 'window')),
    at: placeOf(cursor),
  });
}

function referencesOf(cursor: Cursor<NonNullable<file.Column['references']>> | undefined): Column['references'] {
  if (cursor === undefined) return undefined;
  const to = referenceOf(isMap(cursor) ? field(cursor, 'to') : cursor);
  if (!to) return undefined;
  return present<NonNullable<Column['references']>>({
    to,
    allow: toleranceOf(field(cursor, 'allow')),
    at: placeOf(cursor),
  });
}

/** A reference with its place; undefined where the text is none, which has been reported. */
export function referenceOf(cursor: Cursor<unknown> | undefined): Reference | undefined {
  const parts = cursor && parseReference(textOf(cursor));
  return cursor && parts && { ...written(cursor), ...parts };
}

export function wordOf<T extends string>(cursor: Cursor<T> | undefined): T | undefined {
  return cursor && word(cursor);
}

function countOf(cursor: Cursor<unknown> | undefined): ValueRules['minLength'] {
  return cursor && { count: Number(textOf(cursor)), at: placeOf(cursor) };
}

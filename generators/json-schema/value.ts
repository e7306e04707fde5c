import type { Column, WrittenText } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { formatByName } from '../../src/sql/formats.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { parsePattern } from '../../src/sql/pattern.ts';
import { parseDecimal } from '../../src/util/decimal.ts';
import { type Definition, formatDefinition, typeDefinition } from './definitions.ts';
import { printEcma } from './ecma.ts';
import { type Json, type JsonObject, number, object } from './json.ts';
import { literalJson, literalJsons, valueForms } from './literal.ts';
import { decimalOrder, momentOrder, type Side } from './order.ts';
import { hasBareEnd, NO_BREAK_AT_END, patterned, textSchema } from './text.ts';

/** The forms that a value of one kind may have in JSON, each a schema with one type; what could not be said stands in notes. */
export interface Forms {
  readonly schemas: readonly JsonObject[];
  readonly definitions: readonly Definition[];
  readonly notes: readonly string[];
}

type Rules = Partial<Column>;

const SIDES: readonly Side[] = ['min', 'exclusiveMin', 'max', 'exclusiveMax'];
const KEYWORDS: Readonly<Record<Side, string>> = {
  min: 'minimum',
  exclusiveMin: 'exclusiveMinimum',
  max: 'maximum',
  exclusiveMax: 'exclusiveMaximum',
};
/** The largest number of 32 bits. */
const FLOAT32 = '3.4028234663852886e38';

/** The forms of a value that is no list, struct or map, with the rules of its column. */
export function formsOf(type: LogicalType, rules: Rules): Forms {
  switch (type.name) {
    case 'integer':
      return plain(
        withEnum(type, rules, object(['type', 'integer'], ...limits(integerLimits(type.bits), rules, type))),
      );
    case 'decimal':
      return decimalForms(type, rules);
    case 'float':
      return floatForms(type, rules);
    case 'boolean':
      return plain(withEnum(type, rules, object(['type', 'boolean'])));
    case 'string':
      return stringForms(type, rules);
    case 'bytes':
      return plain(object(['type', 'string'], ['contentEncoding', 'base64']));
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
    case 'uuid':
      return momentForms(type, rules);
    default:
      return {
        ...plain(object()),
        notes: type.name === 'native' ? [`any JSON value: ${type.native} is a type of the engine's own`] : [],
      };
  }
}

function plain(schema: JsonObject): Forms {
  return { schemas: [schema], definitions: [], notes: [] };
}

function listed(values: readonly WrittenText[], type: LogicalType): Forms {
  return {
    ...plain(object()),
    schemas: valueForms(
      values.map(({ text }) => text),
      type,
    ),
  };
}

function withEnum(type: LogicalType, rules: Rules, schema: JsonObject): JsonObject {
  if (!rules.enum) return schema;
  const values = rules.enum.values.flatMap(({ text }) => literalJsons(text, type));
  // Of an open one the values are examples. The values of a closed one keep all other rules.
  if (rules.enum.open) return new Map([...schema, ['examples', values]]);
  return object(['type', schema.get('type')], ['enum', values]);
}

function integerLimits(bits: number | undefined): readonly [string, string] | undefined {
  if (bits === undefined) return undefined;
  const limit = 2n ** BigInt(bits - 1);
  return [String(-limit), String(limit - 1n)];
}

/** Bounds as keywords; without one of its own a side has that of the type. */
function limits(
  ofType: readonly [string, string] | undefined,
  rules: Rules,
  type: LogicalType,
): readonly (readonly [string, Json])[] {
  const has = (...sides: readonly Side[]): boolean => sides.some((side) => rules[side]);
  return [
    ...(ofType && !has('min', 'exclusiveMin') ? [['minimum', number(ofType[0])] as const] : []),
    ...(ofType && !has('max', 'exclusiveMax') ? [['maximum', number(ofType[1])] as const] : []),
    ...SIDES.flatMap((side) => {
      const bound = rules[side];
      const literal = bound && literalJson(bound.text, type, 'bound');
      return literal === undefined ? [] : [[KEYWORDS[side], literal] as const];
    }),
  ];
}

function decimalForms(type: Extract<LogicalType, { name: 'decimal' }>, rules: Rules): Forms {
  const { precision, scale = 0 } = type;
  const whole = precision === undefined ? undefined : precision - scale;
  const most =
    whole === undefined ? undefined : `${'9'.repeat(whole) || '0'}${scale > 0 ? `.${'9'.repeat(scale)}` : ''}`;
  if (rules.enum && !rules.enum.open) return listed(rules.enum.values, type);
  const digits = whole === undefined ? '[0-9]*' : whole > 1 ? `[0-9]{0,${whole - 1}}` : '';
  const units = whole === 0 ? '0' : `(?:0|[1-9]${digits})`;
  const fraction = precision === undefined ? '(?:\\.[0-9]+)?' : scale === 0 ? '' : `(?:\\.[0-9]{1,${scale}})?`;
  const orders = SIDES.flatMap((side) => {
    const bound = rules[side] && parseDecimal(rules[side].text);
    return bound ? [decimalOrder(side, bound)] : [];
  });
  return {
    ...plain(object(['type', 'number'], ...limits(most === undefined ? undefined : [`-${most}`, most], rules, type))),
    schemas: [
      withExamples(type, rules, textSchema(`^-?${units}${fraction}$`, ...orders)),
      object(['type', 'number'], ...limits(most === undefined ? undefined : [`-${most}`, most], rules, type)),
    ],
    notes:
      precision === undefined
        ? []
        : [
            'digits behind the point are counted only where the decimal is a text: JSON numbers are read as binary fractions',
          ],
  };
}

function withExamples(type: LogicalType, rules: Rules, schema: JsonObject): JsonObject {
  return rules.enum?.open ? withEnum(type, rules, schema) : schema;
}

/** JSON has no NaN and no infinities; they are texts. NaN breaks every bound, infinities are numbers. */
function floatForms(type: Extract<LogicalType, { name: 'float' }>, rules: Rules): Forms {
  if (rules.enum && !rules.enum.open) return listed(rules.enum.values, type);
  const bounds = SIDES.flatMap((side) => {
    const written = rules[side];
    const parsed = written && parseLiteral(written.text, type, 'bound');
    return parsed && 'literal' in parsed ? [{ side, value: Number(parsed.literal.text) }] : [];
  });
  const keeps = (value: number): boolean => bounds.every(({ side, value: bound }) => KEEPS[side](value, bound));
  const names = [
    ...(bounds.length === 0 ? ['NaN'] : []),
    ...(keeps(Infinity) ? ['Infinity'] : []),
    ...(keeps(-Infinity) ? ['-Infinity'] : []),
  ];
  // Either all finite numbers are on the right side of an infinity, or none is.
  const infinite = bounds.filter(({ value }) => !Number.isFinite(value));
  const hasNumbers = infinite.every(({ side, value }) => KEEPS[side](0, value));
  const finite: Rules = { ...rules, ...Object.fromEntries(infinite.map(({ side }) => [side, undefined])) };
  const ofType = type.bits === 32 ? ([`-${FLOAT32}`, FLOAT32] as const) : undefined;
  const numbers = withExamples(type, rules, object(['type', 'number'], ...limits(ofType, finite, type)));
  const schemas = [...(hasNumbers ? [numbers] : []), ...(names.length > 0 ? [object(['enum', names])] : [])];
  return { ...plain(object()), schemas: schemas.length > 0 ? schemas : [object(['not', object()])] };
}

const KEEPS: Readonly<Record<Side, (value: number, bound: number) => boolean>> = {
  min: (value, bound) => value >= bound,
  exclusiveMin: (value, bound) => value > bound,
  max: (value, bound) => value <= bound,
  exclusiveMax: (value, bound) => value < bound,
};

function stringForms(type: Extract<LogicalType, { name: 'string' }>, rules: Rules): Forms {
  const { enum: values, minLength, pattern } = rules;
  if (values && !values.open) return plain(withEnum(type, rules, object(['type', 'string'])));
  const most = [type.length, rules.maxLength?.count].filter((each) => each !== undefined);
  const parsed = pattern && parsePattern(pattern.text);
  const tree = parsed && 'tree' in parsed ? parsed.tree : undefined;
  const format = rules.format && formatByName(rules.format.text);
  const definition = format && formatDefinition(format);
  const schema = object(
    definition && ['$ref', refTo(definition)],
    ['type', 'string'],
    ['minLength', minLength && number(minLength.count)],
    ['maxLength', most.length === 0 ? undefined : number(Math.min(...most))],
    ['pattern', tree && printEcma(tree)],
    // A format says it too.
    ['not', tree && !definition && hasBareEnd(tree) ? NO_BREAK_AT_END : undefined],
  );
  return {
    schemas: [
      withExamples(type, rules, definition && schema.size === 2 ? object(['$ref', refTo(definition)]) : schema),
    ],
    definitions: definition ? [definition] : [],
    notes: format?.checkDigits ? ['the check digits of the IBAN are not tested'] : [],
  };
}

function momentForms(type: LogicalType, rules: Rules): Forms {
  const definition = typeDefinition(type) as Definition;
  const notes: string[] = [];
  if (rules.enum && !rules.enum.open) {
    if (type.name === 'time' || type.name === 'timestamp') return listed(rules.enum.values, type);
    if (type.name !== 'instant') return plain(withEnum(type, rules, object(['type', 'string'])));
    notes.push('`enum` is left out: an instant has another text with each offset');
  }
  const orders = SIDES.flatMap((side) => {
    const written = rules[side];
    const parsed = written && parseLiteral(written.text, type, 'bound');
    if (!parsed || 'problem' in parsed) return [];
    const { kind, text } = parsed.literal;
    if (kind === 'now') notes.push(`\`${side}: now\` is left out: a schema has no clock`);
    else if (kind === 'instant')
      notes.push(`\`${side}: ${written.text}\` is left out: texts with offsets have no order`);
    else return [momentOrder(side, text)];
    return [];
  });
  const ref = object(['$ref', refTo(definition)]);
  const ordered = orders.length === 0 ? ref : new Map<string, Json>([...ref, ...patterned(...orders)]);
  return { schemas: [withExamples(type, rules, ordered)], definitions: [definition], notes };
}

export function refTo({ name }: Definition): string {
  return `#/$defs/${name}`;
}

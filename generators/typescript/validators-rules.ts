import type { ValueRuleSpec } from '../../src/values/value-rule.ts';
import { type Item, type Layout, printCode } from '../code.ts';
import { literal, propertyName } from './text.ts';
import type { Schemas } from './validators-schema.ts';

const LAYOUT: Layout = { width: 120, step: 2 };

/** The constant that holds the rules of a table's values. */
export function rulesText(rules: Schemas['rules'], rulesName: string, valueRule: string): string {
  const items = [...rules].map(([key, spec]): Item => {
    const value = { open: `${valueRule}({`, close: '})', items: itemsOf(spec), spaced: true };
    return { key: `${keyText(key)}: `, value };
  });
  return `const ${rulesName} = ${printCode({ open: '{', close: '}', items, broken: true }, LAYOUT)};\n`;
}

/** A plain key of this name would be the prototype. */
function keyText(key: string): string {
  return key === '__proto__' ? "['__proto__']" : propertyName(key);
}

function itemsOf(spec: ValueRuleSpec): readonly Item[] {
  return Object.entries(spec).map(
    ([name, value]: readonly [string, string | number | boolean | readonly string[]]) => ({
      key: `${name}: `,
      value:
        typeof value === 'object'
          ? { open: '[', close: ']', items: value.map((each) => ({ value: literal(each) })) }
          : typeof value === 'string'
            ? literal(value)
            : String(value),
    }),
  );
}

import type { Code, Item } from '../code.ts';
import type { Fact } from '../row-facts.ts';
import { literal, propertyName } from '../typescript/text.ts';

/** `.describe(…)`, or `.meta({ … })` where more is known than the description; undefined where nothing is. */
export function metaCode(
  description: string | undefined,
  facts: readonly (readonly [string, Fact])[],
): Code | undefined {
  const text = description?.trim();
  const items = [
    ...(text === undefined ? [] : [item('description', text)]),
    ...facts.map(([key, fact]) => item(key, fact)),
  ];
  if (items.length === 0) return undefined;
  if (facts.length === 0) return `.describe(${literal(text ?? '')})`;
  return { open: '.meta({', close: '})', items, spaced: true };
}

function item(key: string, fact: Fact): Item {
  return { key: `${propertyName(key)}: `, value: factCode(fact) };
}

function factCode(fact: Fact): Code {
  if (fact === true) return 'true';
  if (typeof fact === 'string') return literal(fact);
  if (Array.isArray(fact))
    return { open: '[', close: ']', items: fact.map((text: string) => ({ value: literal(text) })) };
  return {
    open: '{',
    close: '}',
    items: Object.entries(fact).map(([key, parties]) => item(key, parties)),
    spaced: true,
  };
}

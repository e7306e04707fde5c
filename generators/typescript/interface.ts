import { comment, propertyName } from './text.ts';
import { typeText, type UnionType } from './type-text.ts';

/** A property of an interface. */
export interface Property {
  readonly name: string;
  readonly doc: readonly string[];
  readonly type: UnionType;
  /** Whether it may be left out. */
  readonly isOptional?: boolean;
}

/** An interface that a module declares. */
export interface Declared {
  readonly name: string;
  readonly doc: readonly string[];
  readonly properties: readonly Property[];
}

export function interfaceText(declared: Declared): string {
  return withBody(declared, declared.properties.map(propertyText).join(''));
}

/** The interface with these lines between its braces. */
export function withBody({ name, doc }: Declared, body: string): string {
  return `${comment(doc)}export interface ${name} {${body === '' ? '' : `\n${body}`}}\n`;
}

function propertyText({ name, doc, type, isOptional = false }: Property): string {
  const start = propertyStart(name, isOptional);
  return propertyLines(doc, start, typeText(type, '  ', start.length));
}

/** What stands before the type: `  name?: `. */
export function propertyStart(name: string, isOptional: boolean): string {
  return `  ${propertyName(name)}${isOptional ? '?' : ''}: `;
}

export function propertyLines(doc: readonly string[], start: string, type: string): string {
  // Members on lines of their own begin below the name.
  return `${comment(doc, '  ')}${type.startsWith('\n') ? start.trimEnd() : start}${type};\n`;
}

import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { type Declared, type Property, propertyLines, propertyStart, withBody } from './interface.ts';
import { typeText } from './type-text.ts';

/** Before each name, so that `hasOwnProperty` or `1` mean nothing to what handles the schema, and stay in their order. */
const MARK = '=';
const PROPERTY = /^("=(?:[^"\\]|\\.)*")(\??): (.*)$/;
const JSON_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'null']);

/** The interface of what is read, made from the JSON Schema of its objects. */
export async function schemaInterfaceText(declared: Declared): Promise<string> {
  if (declared.properties.length === 0) return withBody(declared, '');
  const text = await compile(schemaOf(declared.properties), 'Row', { bannerComment: '', format: false });
  return withBody(declared, formatted(text.trim().split('\n').slice(1, -1)));
}

function schemaOf(properties: readonly Property[]): JSONSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: properties.filter(({ isOptional }) => !isOptional).map(({ name }) => markedName(name)),
    properties: Object.fromEntries(properties.map((each) => [markedName(each.name), propertySchema(each)])),
  };
}

function propertySchema({ name, doc, type, isOptional = false }: Property): JSONSchema {
  const isJson = type.every((member) => typeof member === 'string' && JSON_TYPES.has(member));
  const { length } = propertyStart(name, isOptional);
  return {
    ...(isJson ? { type: type as ('string' | 'null')[] } : { tsType: typeText(type, '  ', length) }),
    ...(doc.length > 0 && { description: doc.join('\n') }),
  };
}

/** As JSON has it, so that half a character does no harm either. */
function markedName(name: string): string {
  return `${MARK}${JSON.stringify(name)}`;
}

function unmarkedName(key: string): string {
  return JSON.parse(key.slice(MARK.length)) as string;
}

/** The lines between the braces, as a person would set them. */
function formatted(lines: readonly string[]): string {
  const parts: string[] = [];
  let doc: readonly string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '/**') {
      const end = lines.indexOf(' */', at);
      doc = lines.slice(at + 1, end).map((each) => each.replace(/^ \* ?/, ''));
      at = end;
      continue;
    }
    const [, key = '""', mark, first = ''] = PROPERTY.exec(line) ?? [];
    const type = [first.replace(/^\((\w+(?: \| \w+)*)\)$/, '$1')];
    // A type of several lines is indented already.
    while (lines[at + 1]?.startsWith('  ')) type.push(lines[++at] ?? '');
    const start = propertyStart(unmarkedName(JSON.parse(key) as string), mark === '?');
    parts.push(propertyLines(doc, start, type.join('\n')));
    doc = [];
  }
  return parts.join('');
}

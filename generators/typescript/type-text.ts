/** A type as a union; a member is code, or a generic type with its arguments. */
export type UnionType = readonly (string | GenericType)[];

export interface GenericType {
  readonly name: string;
  readonly arguments: readonly UnionType[];
}

/** Longest line of code. */
const WIDTH = 120;

/**
 * The type as code that begins at `column` of a line indented by `indent`: on one line where it fits with the mark that follows, else its
 * members on lines of their own.
 */
export function typeText(type: UnionType, indent: string, column: number): string {
  const line = oneLine(type);
  const [only] = type;
  if (column + line.length < WIDTH) return line;
  const inner = `${indent}  `;
  if (type.length > 1) return type.map((member) => `\n${inner}| ${memberText(member, `${inner}  `)}`).join('');
  return only === undefined ? '' : memberText(only, indent);
}

export function oneLine(type: UnionType): string {
  return type
    .map((member) =>
      typeof member === 'string' ? member : `${member.name}<${member.arguments.map(oneLine).join(', ')}>`,
    )
    .join(' | ');
}

function memberText(member: string | GenericType, indent: string): string {
  const line = oneLine([member]);
  if (typeof member === 'string' || indent.length + line.length < WIDTH) return line;
  const inner = `${indent}  `;
  const parts = member.arguments.map((each) => {
    const text = typeText(each, indent, inner.length);
    return text.startsWith('\n') ? text : `\n${inner}${text}`;
  });
  return `${member.name}<${parts.join(',')}\n${indent}>`;
}

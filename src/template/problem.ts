/** What is wrong with a template, or with what it is given; the message names file and line where they are known. */
export class TemplateError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

const HINT = 'docs/templates.md lists what a template gets, and its helpers';

/** Where something stands in a template: line from 1, column from 0. */
export interface TemplatePlace {
  readonly line: number;
  readonly column: number;
}

/** A problem of a template with its place: `columns.sql.hbs:3:5: there is no "nam" here`. */
export function problemAt(file: string, place: Partial<TemplatePlace>, message: string): TemplateError {
  const { line, column } = place;
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column + 1}`}`;
  return new TemplateError(`${file}${position}: ${message}`, HINT);
}

/** What was thrown where a template is read or run, as a problem of the template. */
export function templateProblem(error: unknown, file: string): TemplateError {
  if (error instanceof TemplateError) return error;
  if (error instanceof RangeError) return problemAt(file, {}, 'the template nests too deep');
  const { message, lineNumber, column } = error as Error & { readonly lineNumber?: number; readonly column?: number };
  const place = { ...(lineNumber !== undefined && { line: lineNumber }), ...(column !== undefined && { column }) };
  return syntaxProblem(message, file) ?? problemAt(file, place, message.replace(/ - \d+:\d+$/, ''));
}

/** `Parse error on line 3:`, an excerpt, a mark under it, and what was expected by names of tokens. */
function syntaxProblem(message: string, file: string): TemplateError | undefined {
  const [, line, excerpt = ''] = /^(?:Parse|Lexical) error on line (\d+)[^\n]*\n([^\n]*)/.exec(message) ?? [];
  if (line === undefined) return undefined;
  const words = /got 'EOF'/.test(message)
    ? 'the template ends inside a block or a tag'
    : `the template cannot be read near "${excerpt}"`;
  return problemAt(file, { line: Number(line) }, words);
}

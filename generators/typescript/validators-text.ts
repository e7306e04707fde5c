import { literal } from './text.ts';

/** Names in the module: of the two functions, of the constant that holds the rules, and of the types of the functions' parameters. */
export interface ModuleNames {
  readonly row: string;
  readonly insertable: string;
  readonly rules: string;
  readonly loose: string;
  readonly report: string;
}

const HEAD = /^function (validate\d+)\(data, \{.*\}=\{\}\)\{$/;
const EXPORT = /^export const (row|insertable) = (validate\d+);$/;
/** Errors are reported by our keywords, and no keyword looks at its schema while it runs. */
const NEEDLESS =
  /^(?:"use strict";|const schema\d+ = .*|const func0 = Object\.prototype\.hasOwnProperty;|let vErrors = null;|let errors = 0;|validate\d+\.errors = vErrors;|return errors === 0;)?$/;
/** Names of what was left out; a rule may be called so. */
const UNEXPECTED = /(?<!\.)\b(?:vErrors|errors|require|rootData|schema\d+|func\d+)\b/;
const STRING = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;
/** A line that holds a list of names. */
const LIST = /^( *(?:for \(const \w+ of |if \(!)\[)(.*)(\](?:\.includes\(\w+\))?\) \{)$/;
const WIDTH = 120;

/** AJV's standalone module as two functions of TypeScript: typed, indented, one statement a line. Throws where it is not as expected. */
export function typescriptOf(standalone: string, names: ModuleNames): string {
  const lines = standalone.split('\n');
  const exported = new Map(lines.map((line) => EXPORT.exec(line)).map((match) => [match?.[2], match?.[1]]));
  const body = lines
    .filter((line) => !NEEDLESS.test(line) && !EXPORT.test(line))
    .map((line) => {
      const local = HEAD.exec(line)?.[1];
      if (local === undefined) return spaced(line, names.rules);
      const name = exported.get(local) === 'row' ? names.row : names.insertable;
      return `function ${name}(data: ${names.loose}, report: ${names.report}): void {`;
    });
  const text = indented(body.join('\n').replaceAll('}\nelse ', '} else ').split('\n')).join('\n');
  const heads = text.match(/^function /gm)?.length;
  if (heads !== 2 || UNEXPECTED.test(text.replace(STRING, ''))) throw new Error('AJV gave code of another form');
  return `${text.replaceAll('\n}\nfunction ', '\n}\n\nfunction ')}\n`;
}

/** One line with blanks where a person would set them, and strings in single quotes. */
function spaced(line: string, rules: string): string {
  const [head = '', ...pieces] = headOf(line).split(/("(?:[^"\\]|\\.)*")/);
  const rest = pieces.map((piece, index) => (index % 2 === 0 ? literal(JSON.parse(piece)) : named(piece, rules)));
  return named(head, rules) + rest.join('');
}

/** Statements begin in few ways, none of them with a string. */
function headOf(line: string): string {
  if (line.startsWith('if(')) return `if (${line.slice(3, -1)} {`;
  if (!line.startsWith('for(')) return line.replace(/^let (?=data\d+ =)/, 'const ');
  return `for (${line.slice(4, -1)} {`.replace(/^for \(let (i\d+)=0; \1<(len\d+);/, 'for (let $1 = 0; $1 < $2;');
}

/** What stands between strings: strict comparisons, and members in brackets where they are of an index signature, as some compilers want it. */
function named(code: string, rules: string): string {
  return code
    .replace(/ == /g, ' === ')
    .replace(/^,$/, ', ')
    .replace(
      /(?<![.\w])(?:func0\.call\(|rules(?=[.[])|(data\d*)\.(?!length;)([A-Za-z_$][\w$]*))/g,
      (text, data, member) => {
        if (data !== undefined) return `${data}['${member}']`;
        return text === 'rules' ? rules : 'Object.prototype.hasOwnProperty.call(';
      },
    );
}

function indented(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.flatMap((line) => {
    if (line.startsWith('}')) depth--;
    const margin = '  '.repeat(depth);
    if (line.endsWith('{')) depth++;
    return line === '' ? [] : wrapped(`${margin}${line}`, margin);
  });
}

/** A list of names that does not fit its line is filled into several. */
function wrapped(line: string, margin: string): readonly string[] {
  if (line.length <= WIDTH) return [line];
  const [, before, list, after] = LIST.exec(line) ?? [];
  if (before === undefined || list === undefined || after === undefined) return [line];
  const filled: string[] = [];
  for (const [item] of list.matchAll(STRING)) {
    const last = filled.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= WIDTH) filled[filled.length - 1] = `${last} ${item},`;
    else filled.push(`${margin}  ${item},`);
  }
  return [before, ...filled, `${margin}${after}`];
}

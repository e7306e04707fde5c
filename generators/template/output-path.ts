import { outputExtension } from '../../src/template/escape.ts';
import { fileStem, isSearched, nameProblem } from '../file-name.ts';
import { type ContractInput, GenerateError } from '../generator.ts';

/** Folders and file. */
const DEEPEST = 3;
const HINT = 'write a path inside the output folder, such as "{contract}.v{major}.sql"';

/** Contract → the path of its file: by a pattern with `{contract}`, `{major}` and `{version}`, else by the template's own name. */
export function outputPaths(template: string, pattern: string | undefined): (input: ContractInput) => string {
  if (pattern === undefined) {
    const extension = outputExtension(template);
    if (extension === '') {
      throw new GenerateError(
        `"${template}" does not tell what kind of file comes of it`,
        'name it like columns.sql.hbs, or give --name, such as --name "{contract}.v{major}.sql"',
      );
    }
    return (input) => `${fileStem(input)}${extension}`;
  }
  refuseOutside(pattern);
  return ({ contract }) => {
    const path = pattern
      .replaceAll('{contract}', contract.name)
      .replaceAll('{major}', String(contract.major))
      .replaceAll('{version}', contract.version);
    refuseNames(pattern, path);
    return path;
  };
}

function refuseOutside(pattern: string): void {
  const [unknown] = /\{(?!(?:contract|major|version)\})[^}]*\}?/.exec(pattern) ?? [];
  if (unknown !== undefined)
    throw new GenerateError(`--name knows no "${unknown}", expected {contract}, {major} or {version}`, HINT);
  const parts = pattern.split('/');
  const isOutside = parts.some((part) => part === '' || /^\.+$/.test(part)) || /[\\:*?"<>|\p{Cc}]/u.test(pattern);
  if (isOutside || parts.length > DEEPEST)
    throw new GenerateError(
      `--name "${pattern}" is no path of at most ${DEEPEST} parts inside the output folder`,
      HINT,
    );
}

/** What the names of contracts make of a pattern may be no name either. */
function refuseNames(pattern: string, path: string): void {
  const parts = path.split('/');
  const given = path === pattern ? `--name "${pattern}"` : `--name "${pattern}" gives "${path}"`;
  for (const part of parts) {
    const problem = nameProblem(part);
    if (problem !== undefined) throw new GenerateError(`${given}: "${part}" ${problem}`, HINT);
  }
  const hidden = parts.slice(0, -1).find((part) => !isSearched(part));
  if (hidden !== undefined)
    throw new GenerateError(
      `${given}: nothing is generated into "${hidden}", which is the folder of another tool`,
      HINT,
    );
}

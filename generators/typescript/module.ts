import { fileStem } from '../file-name.ts';
import type { ContractInput, GeneratedFile } from '../generator.ts';
import { header } from '../header.ts';
import { contractDoc } from './jsdoc.ts';
import { moduleNames } from './names.ts';
import type { TypeScriptOptions } from './options.ts';
import { tableText } from './table.ts';
import { comment } from './text.ts';
import { withSeverities } from './tolerance.ts';
import { validatorsOf } from './validators.ts';
import type { TypeContext } from './value-type.ts';

/** Longest line of code. */
const WIDTH = 120;
/** What the runtime exports as values; everything else is a type. */
const VALUES: ReadonlySet<string> = new Set(['defineTable', 'valueRule']);

/** Path of the module of a contract: `shop.orders.v2.ts`. */
export function modulePath(input: ContractInput): string {
  return `${fileStem(input)}.ts`;
}

/** One module: a contract version with all its tables. */
export async function moduleFile(given: ContractInput, options: TypeScriptOptions): Promise<GeneratedFile> {
  const input = { ...given, contract: withSeverities(given.contract) };
  const names = moduleNames(input.contract);
  const runtime = importsOf(names.has);
  const kysely = importsOf(names.has);
  const parts: string[] = [];
  for (const table of input.contract.tables) {
    const own = names.of(table);
    const context: TypeContext = { options, nested: own.nested, use: runtime.use, useKysely: kysely.use };
    parts.push(await tableText(input, table, own, context));
    const { code } = validatorsOf(table, {
      row: own.validateRow,
      insertable: own.validateNewRow,
      instants: options.instants,
      ...(input.contract.timezone !== undefined && { timezone: input.contract.timezone }),
      use: runtime.use,
    });
    parts.push(code);
  }
  const imports = [
    importLine('import type', kysely.all(), 'kysely', () => true),
    importLine('import', runtime.all(), 'surety/accessor', (name) => VALUES.has(name)),
  ];
  const top = `// ${header('typescript', input)}\n${comment(contractDoc(input.contract))}${imports.join('')}`;
  const text = [top, ...parts].join('\n');
  return { path: modulePath(input), text };
}

interface Imports {
  /** Gives the name in the module and remembers that it is needed. */
  use(exported: string): string;
  /** Exported name → name in the module, by name. */
  all(): readonly (readonly [exported: string, local: string])[];
}

/** Names that the contract has taken are imported under another. */
function importsOf(isTaken: (name: string) => boolean): Imports {
  const used = new Map<string, string>();
  return {
    use(exported) {
      let local = exported;
      while (isTaken(local)) local += '_';
      used.set(exported, local);
      return local;
    },
    all: () => [...used].sort(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
  };
}

function importLine(
  keyword: string,
  names: ReturnType<Imports['all']>,
  from: string,
  isPlain: (name: string) => boolean,
): string {
  if (names.length === 0) return '';
  const parts = names.map(
    ([name, local]) => `${isPlain(name) ? '' : 'type '}${name}${local === name ? '' : ` as ${local}`}`,
  );
  const line = `${keyword} { ${parts.join(', ')} } from '${from}';\n`;
  if (line.length <= WIDTH + 1) return line;
  return `${keyword} {\n${parts.map((part) => `  ${part},\n`).join('')}} from '${from}';\n`;
}

import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../support/cli.ts';

/** Where the files seem to stand: inside the project, so that Kysely resolves. */
export const VIRTUAL = join(ROOT, 'test', 'types', 'generated');

/** All strictness there is. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  paths: { 'surety/accessor': [join(ROOT, 'src', 'accessor', 'index.ts')] },
};

export interface Compiled {
  /** What the compiler says of a file: `TS2345 at line 4: …`, in the order of the text. */
  problemsOf(path: string): readonly string[];
  /** The code of each problem: `TS2345`. */
  codesOf(path: string): readonly string[];
  sourceOf(path: string): ts.SourceFile;
}

/** Compiles files together, as a user's project would; paths are relative to a folder that is not there. */
export function compile(files: ReadonlyMap<string, string>): Compiled {
  const texts = new Map([...files].map(([path, text]) => [join(VIRTUAL, path), text]));
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);
  host.getSourceFile = (path, options, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, options, ...rest) : ts.createSourceFile(path, text, options, true);
  };
  const program = ts.createProgram({ rootNames: [...texts.keys()], options: OPTIONS, host });
  const sourceOf = (path: string): ts.SourceFile => {
    const source = program.getSourceFile(join(VIRTUAL, path));
    if (!source) throw new Error(`${path} is not among the files`);
    return source;
  };
  const found = (path: string): readonly ts.Diagnostic[] => {
    const source = sourceOf(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  };
  return {
    sourceOf,
    codesOf: (path) => found(path).map(({ code }) => `TS${code}`),
    problemsOf: (path) =>
      found(path).map(({ code, start = 0, messageText }) => {
        const { line } = sourceOf(path).getLineAndCharacterOfPosition(start);
        return `TS${code} at line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      }),
  };
}

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); !relative(VIRTUAL, folder).startsWith('..'); folder = dirname(folder))
    folders.push(folder);
  return folders;
}

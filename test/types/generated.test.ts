import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { typescript } from '../../generators/typescript.ts';
import { FIXTURE, inputOf, SHIPPED } from '../generators/input.ts';
import { type Compiled, compile } from './compile.ts';
import { filesOf } from './generate.ts';

const VARIANTS = [
  { name: 'with brands', options: {} },
  { name: 'without brands, instants as Date', options: { instants: 'date', brands: false } },
] as const;
const SOURCES = [
  { name: 'fixture', path: FIXTURE },
  { name: 'shipped', path: SHIPPED },
] as const;
const FOLDERS = VARIANTS.flatMap((variant) =>
  SOURCES.map((source) => ({ ...variant, ...source, folder: `${source.name}, ${variant.name}` })),
);

let compiled: Compiled;
const paths = new Map<string, readonly string[]>();

beforeAll(async () => {
  const files: (readonly [string, string])[] = [];
  for (const { folder, path, options } of FOLDERS) {
    const generated = filesOf(await typescript.generate(await inputOf(path), options), folder);
    files.push(...generated);
    paths.set(
      folder,
      generated.map(([file]) => file),
    );
  }
  compiled = compile(new Map(files));
});

describe.each(FOLDERS)('$folder', ({ folder }) => {
  test('compiles under every strictness', () => {
    const problems = (paths.get(folder) ?? []).flatMap((path) => compiled.problemsOf(path));
    expect(paths.get(folder)?.length).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  test('says neither any nor as, nor silences the compiler', () => {
    for (const path of paths.get(folder) ?? []) {
      const source = compiled.sourceOf(path);
      expect(kindsIn(source)).not.toContain('AnyKeyword');
      expect(kindsIn(source)).not.toContain('NonNullExpression');
      expect(source.text).not.toMatch(/@ts-(?:nocheck|ignore|expect-error)|(?:biome|eslint)-/);
    }
  });

  test('sets no prototype', () => {
    for (const path of paths.get(folder) ?? []) expect(prototypesIn(compiled.sourceOf(path))).toEqual([]);
  });

  test('has only the statements and calls that every module has', () => {
    for (const path of paths.get(folder) ?? []) {
      const source = compiled.sourceOf(path);
      const allowed = path.endsWith('/index.ts') ? ['ExportDeclaration'] : STATEMENTS;
      expect(allowed).toEqual(expect.arrayContaining([...new Set(source.statements.map(kindOf))]));
      expect([...new Set(callsIn(source))].filter((callee) => !CALLS.some((form) => form.test(callee)))).toEqual([]);
    }
  });
});

const STATEMENTS = [
  'ImportDeclaration',
  'InterfaceDeclaration',
  'TypeAliasDeclaration',
  'FirstStatement',
  'FunctionDeclaration',
];
/** What modules call: the runtime, their own rules, and what finds out what a value is. */
const CALLS = [
  /^(?:defineTable|valueRule|report)$/,
  /^validate\w+_rules(?:\.\w+|\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\])$/,
  /^(?:Array\.isArray|Object\.keys|Object\.prototype\.hasOwnProperty\.call|\w+\.entries)$/,
  /^\[(?:\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?)*\s*\]\.includes$/,
];

/** Names that would be a prototype instead of a property. */
function prototypesIn(node: ts.Node): readonly string[] {
  const own: readonly string[] =
    ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name) ? [node.name.text] : [];
  const found: string[] = own.filter((name) => name === '__proto__');
  ts.forEachChild(node, (child) => {
    found.push(...prototypesIn(child));
  });
  return found;
}

function kindOf({ kind }: ts.Node): string {
  return ts.SyntaxKind[kind];
}

function kindsIn(node: ts.Node): readonly string[] {
  const kinds = [kindOf(node)];
  ts.forEachChild(node, (child) => {
    kinds.push(...kindsIn(child));
  });
  return kinds;
}

function callsIn(node: ts.Node): readonly string[] {
  const own = ts.isCallExpression(node) || ts.isNewExpression(node) ? [node.expression.getText()] : [];
  const tagged = ts.isTaggedTemplateExpression(node) ? [node.tag.getText()] : [];
  const found = [...own, ...tagged];
  ts.forEachChild(node, (child) => {
    found.push(...callsIn(child));
  });
  return found;
}

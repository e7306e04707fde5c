import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import type { Contract, Table } from '../../src/model/contract.ts';
import { ROOT } from '../support/cli.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { codeOf } from './validators-run.ts';

const inputs = [...(await inputOf(FIXTURE)).contracts, ...(await inputOf(SHIPPED)).contracts];
const tables = inputs.flatMap(({ contract }) =>
  contract.tables.map((table) => ({ name: `${contract.id}/${table.name}`, table, contract })),
);
const IMPORT = "import { type Loose, type Report, valueRule } from 'surety/accessor';\n";
const folder = mkdtempSync(join(tmpdir(), 'surety-validators-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function moduleOf(table: Table, contract: Contract): string {
  return `${IMPORT}\n${codeOf(table, contract)}\nexport const validators = { row: validateRow, insertable: validateNewRow };\n`;
}

/** Errors of the compiler under every setting that a reader may have. */
function errorsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const runtime = join(folder, 'runtime.ts');
  const from = (path: string): string => JSON.stringify(join(ROOT, path));
  writeFileSync(
    runtime,
    `export type { Loose, Report } from ${from('src/accessor/validation.ts')};\nexport { valueRule } from ${from('src/values/value-rule.ts')};\n`,
  );
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const program = ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { 'surety/accessor': [runtime] },
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules', '@types')],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    noImplicitOverride: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  });
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ code, messageText }) =>
        `${relative(folder, path)}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

test('the code compiles under the strictest settings, and what is wrong in it would not', () => {
  const files = Object.fromEntries(
    tables.map(({ table, contract }, at) => [`table${at}.ts`, moduleOf(table, contract)]),
  );
  const [first = ''] = Object.values(files);
  const broken = first.replace(/report\('(\w+)', (\w+)\.(\w+)\(/, "report('$1', $2.$3_not_there(");
  expect(broken).not.toBe(first);
  expect(errorsOf({ ...files, 'broken.ts': broken })).toEqual([
    expect.stringMatching(/^broken\.ts: TS2551|^broken\.ts: TS2339/),
  ]);
}, 180_000);

test.each(tables)(
  '$name: formatted, the same each time, without require, any and names of AJV',
  ({ table, contract }) => {
    const code = codeOf(table, contract);
    expect(codeOf(table, contract)).toBe(code);
    expect(code).not.toMatch(/\brequire\(|\bany\b|vErrors|instancePath|@ts-/);
    expect(code).toMatch(/^const validateRow_rules = \{\n[\s\S]*\n\}\n$/);
    expect(code.split('\n').filter((line) => /[^\x20-\x7e\u00a0-\uffff]|\s$|\u2028|\u2029/.test(line))).toEqual([]);
    // One statement a line.
    const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.ES2022, true);
    const lines: number[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
        lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect(new Set(lines).size).toBe(lines.length);
  },
);

test.each(tables)('$name: nothing of the contract is code', ({ table, contract }) => {
  const source = ts.createSourceFile('a.ts', codeOf(table, contract), ts.ScriptTarget.ES2022, true);
  const called = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) called.add('a template');
    if (ts.isCallExpression(node))
      called.add(node.expression.getText().replace(/^validateRow_rules(?:\.\w+|\['.*'\]|\[".*"\])$/su, 'rule'));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const name of called) {
    expect(name).toMatch(
      /^(?:valueRule|report|rule|Array\.isArray|Object\.keys|\[[\s\S]*\]\.includes|Object\.prototype\.hasOwnProperty\.call)$/,
    );
  }
});

/** The files that a file of the runtime imports, itself included; packages by name. */
function closure(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, type, , name = ''] of text.matchAll(/^(?:import|export) (type )?([^;]*?) from '([^']+)';/gms)) {
      if (type) continue;
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  visit(entry);
  return { files, packages };
}

/** Copies a file of the runtime and what it imports into a package, as JavaScript. */
function install(packageFolder: string, entry: string): readonly string[] {
  const { files, packages } = closure(entry);
  for (const file of files) {
    const target = join(packageFolder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, file), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(target, outputText);
  }
  return [...packages];
}

test('the code runs where AJV is not installed', () => {
  const home = join(folder, 'reader');
  const surety = join(home, 'node_modules', 'surety');
  const packages = [...install(surety, 'src/accessor/validation.ts'), ...install(surety, 'src/values/value-rule.ts')];
  expect(packages).not.toContain('ajv');
  for (const name of new Set(packages)) {
    const real = name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');
    mkdirSync(dirname(join(home, 'node_modules', real)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', real), join(home, 'node_modules', real));
  }
  writeFileSync(
    join(surety, 'package.json'),
    JSON.stringify({ name: 'surety', type: 'module', exports: { './accessor': './accessor.js' } }),
  );
  writeFileSync(
    join(surety, 'accessor.js'),
    "export { validation } from './src/accessor/validation.js';\nexport { valueRule } from './src/values/value-rule.js';\n",
  );
  const events = tables.find(({ name }) => name.endsWith('/events'));
  if (!events) throw new Error('no table events');
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  // A folder further up may have one.
  mkdirSync(join(home, 'node_modules', 'ajv'), { recursive: true });
  writeFileSync(join(home, 'node_modules', 'ajv', 'package.json'), '{ "name": "ajv", "exports": {} }');
  writeFileSync(
    join(home, 'events.js'),
    ts.transpileModule(moduleOf(events.table, events.contract), { compilerOptions }).outputText,
  );
  writeFileSync(
    join(home, 'run.js'),
    `import { validators } from './events.js';
const problems = [];
const row = { customer_id: 1n, at: 'infinity', address: null, lines: [{ qty: 1.5, price: null }], tags: null, scores: new Map([['a', 'b']]) };
validators.row(row, (path, reason) => reason !== undefined && problems.push(path));
const missing = await import('ajv').then(() => 'there', () => 'not there');
console.log(JSON.stringify([problems, missing]));`,
  );
  const output = execFileSync(process.execPath, ['run.js'], { cwd: home, encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([['lines[0].qty', 'scores{a}'], 'not there']);
});

import fc from 'fast-check';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import type { ContractInput } from '../../generators/generator.ts';
import { definitionOf } from '../../generators/typescript/definition.ts';
import { typescript } from '../../generators/typescript.ts';
import type { Column, Contract, Table } from '../../src/model/contract.ts';
import { inputFrom } from '../types/generate.ts';

const BASE = `contract: case
version: 1.0.0
title: t
description: d
domain: d
tags: [t]
links: { l: http://localhost }
tables:
  t:
    grain: g
    description: d
    where: id > 0
    key: [id]
    columns:
      id: int64
      c: { type: string, enum: { a: A. }, pattern: a, unit: u, default: a, physicalName: p, classification: x, tags: [t], description: d, raci: { responsible: r }, deprecated: { replacedBy: e } }
      e: { type: string, missing: { values: [m] } }
    features:
      f: { type: int64, as: id }
`;

/** What ends a string, a comment, a template, a line or a tag somewhere. */
const NASTY = [
  '*/',
  '/*',
  '//',
  '`',
  `'"`,
  `"'`,
  '${x()}',
  "'",
  '"',
  '\\',
  '\\u0041',
  '\n',
  '\r',
  '\u2028',
  '\u2029',
  '\0',
  '@deprecated',
  '{@link x}',
  '<!--',
  '-->',
  '</script>',
  '\ud800',
  '\udc00',
  '\u202e',
  '\ufeff',
  '🚚',
  '$&',
  '$1',
  '{{x}}',
  ' ',
  '```',
  '(',
  ')',
  '];',
  '});',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom('a', 'B')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
/** Names that lint lets through, steps into members left out. */
const name = text
  .map((each) => each.replaceAll(/[.[\]{}]/g, ''))
  .filter((each) => each !== '' && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(each));

let base: ContractInput;

beforeAll(async () => {
  const [input] = (await inputFrom([BASE])).contracts;
  if (!input) throw new Error('there is no contract');
  base = input;
});

/** The contract with other texts in every place that takes any. */
function hostile(base: Contract, names: readonly string[], said: string): Contract {
  const [table] = base.tables;
  if (!table) throw new Error('there is no table');
  const [tableName = '', first = '', second = '', third = '', feature = ''] = names;
  const written = { text: said, at: base.at };
  const column = (each: Column, called: string): Column => ({
    ...each,
    name: called,
    physicalNames: each.name === 'c' ? [said] : [called],
    description: said,
    unit: said,
    pattern: written,
    default: written,
    classification: written,
    tags: [said],
    links: { [said]: said },
    deprecated: { ...each.deprecated, at: base.at, replacedBy: said },
    ...(each.enum && { enum: { ...each.enum, values: [{ ...written, description: said }] } }),
    ...(each.missing && { missing: { ...each.missing, values: [written] } }),
  });
  const [id, c, e] = table.columns as [Column, Column, Column];
  const changed: Table = {
    ...table,
    name: tableName,
    grain: said,
    description: said,
    location: written,
    where: written,
    key: { at: base.at, columns: [{ text: first, at: base.at }] },
    columns: [{ ...id, name: first, physicalNames: [first] }, column(c, second), column(e, third)],
    features: table.features.map((each) => ({ ...each, name: feature, physicalNames: [feature], as: written })),
  };
  return {
    ...base,
    title: said,
    description: said,
    domain: said,
    tags: [said],
    links: { [said]: said },
    tables: [changed],
  };
}

test('whatever the contract says is data in the code, to the letter, and nothing else', async () => {
  const distinct = fc.uniqueArray(name, {
    minLength: 5,
    maxLength: 5,
    selector: (each) => each.normalize('NFC').toLowerCase(),
  });
  await fc.assert(
    fc.asyncProperty(distinct, text, async (names, said) => {
      const contract = hostile(base.contract, names, said);
      const input: ContractInput = { ...base, contract, checksOf: () => [said] };
      const { files } = await typescript.generate({ contracts: [input], known: [input], parties: new Map() }, {});
      const module = files[0]?.text ?? '';
      expect(module).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}\u200c\u200d]/u);
      const source = ts.createSourceFile('case.ts', module, ts.ScriptTarget.ES2022, true);
      expect(syntaxErrors(source)).toEqual([]);
      const [row] = source.statements.filter(ts.isInterfaceDeclaration);
      expect(row?.members.map((member) => (member.name as ts.Identifier | ts.StringLiteral).text)).toEqual(
        names.slice(1, 4),
      );
      const [table] = contract.tables as [Table];
      expect(definitionIn(source)).toEqual(definitionOf(input, table));
      expect(literalTypesIn(row)).toContain(said);
      expect(tagsIn(source)).toEqual(new Set(['deprecated']));
    }),
    { numRuns: 200 },
  );
});

function syntaxErrors(source: ts.SourceFile): readonly string[] {
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ messageText, start }) => {
    const { line } = source.getLineAndCharacterOfPosition(start);
    return `${messageText} ${source.text.split('\n')[line]}`;
  });
}

function definitionIn(source: ts.SourceFile): unknown {
  let found: unknown;
  const visit = (node: ts.Node): void => {
    if (found === undefined && ts.isPropertyAssignment(node) && node.name.getText() === 'definition')
      found = dataOf(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The value of a literal; anything else is no data. */
function dataOf(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(dataOf);
  if (!ts.isObjectLiteralExpression(node)) throw new Error(`${node.getText()} is no literal`);
  return Object.fromEntries(
    node.properties.map((property) => {
      if (!ts.isPropertyAssignment(property)) throw new Error(`${property.getText()} is no property`);
      return [property.name.getText(), dataOf(property.initializer)];
    }),
  );
}

function literalTypesIn(node: ts.Node | undefined): readonly string[] {
  const texts: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal)) texts.push(each.literal.text);
    ts.forEachChild(each, visit);
  };
  if (node) visit(node);
  return texts;
}

function tagsIn(source: ts.SourceFile): ReadonlySet<string> {
  const tags = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) tags.add(tag.tagName.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tags;
}

import type { Escape } from './escape.ts';
import { HELPERS } from './helpers.ts';
import { problemAt, TemplateError } from './problem.ts';
import { enter, type Scope, valueAt } from './scope.ts';

/** Loops may go round so often, all in all. */
const ROUNDS = 1_000_000;
/** What comes of one run holds no more characters. */
const LONGEST = 16_777_216;
/** What helpers make in one run, printed or not, holds no more characters. */
const MOST_MADE = 4 * LONGEST;
const TOO_MUCH = `the helpers make more than ${MOST_MADE} characters`;

/** Helpers around a part of the template, as Handlebars has them. */
export const BLOCKS = ['if', 'unless', 'each', 'with'] as const;

/** One run of a template: for messages, and what bounds it. */
interface Run {
  readonly file: string;
  readonly escaping: Escape | undefined;
  rounds: number;
  length: number;
  made: number;
}

/** The text of a parsed template; every name in it has to be there. Throws `TemplateError` that names file and line. */
export function renderTemplate(
  tree: hbs.AST.Program,
  context: object,
  file: string,
  escaping: Escape | undefined,
): string {
  const scope: Scope = { self: context, data: { values: { root: context } }, locals: new Map() };
  return bodyText(tree, scope, { file, escaping, rounds: 0, length: 0, made: 0 });
}

/** Whether a tag calls a block helper. */
export function isBlock(path: hbs.AST.Expression): boolean {
  return (BLOCKS as readonly string[]).includes(nameOf(path));
}

/** Handlebars leaves a branch out that a block does not have. */
function bodyText(program: hbs.AST.Program | undefined, scope: Scope, run: Run): string {
  return program?.body.map((node) => statementText(node, scope, run)).join('') ?? '';
}

function statementText(node: hbs.AST.Statement, scope: Scope, run: Run): string {
  if (node.type === 'ContentStatement') return counted((node as hbs.AST.ContentStatement).value, node, run);
  if (node.type === 'BlockStatement') return blockText(node as hbs.AST.BlockStatement, scope, run);
  if (node.type !== 'MustacheStatement') return '';
  return counted(tagText(node as hbs.AST.MustacheStatement, scope, run), node, run);
}

function tagText(tag: hbs.AST.MustacheStatement, scope: Scope, run: Run): string {
  const isHelper = isCall(tag, scope);
  const text = printed(isHelper ? called(tag, scope, run) : pathValue(tag.path, scope, run), tag, run);
  const isEscaped = isHelper && run.escaping?.helpers.includes(nameOf(tag.path));
  return isEscaped || !run.escaping ? text : run.escaping.text(text);
}

function counted(text: string, { loc }: hbs.AST.Node, run: Run): string {
  run.length += text.length;
  if (run.length > LONGEST)
    throw problemAt(run.file, loc.start, `more than ${LONGEST} characters come of the template`);
  return text;
}

/** As Handlebars prints a value: lists with commas between. */
function printed(value: unknown, node: hbs.AST.Node, run: Run): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((each) => printed(each, node, run)).join(',');
  if (typeof value !== 'object') return String(value);
  throw problemAt(run.file, node.loc.start, 'this has parts of its own: name one of them, or print all by json');
}

function blockText(node: hbs.AST.BlockStatement, scope: Scope, run: Run): string {
  const [param] = node.params;
  const kind = param && isBlock(node.path) ? nameOf(node.path) : '';
  const value = param && kind !== '' ? expressionValue(param, scope, run) : pathValue(node.path, scope, run);
  const yes = () => bodyText(node.program, scope, run);
  const no = () => bodyText(node.inverse, scope, run);
  const within = () => bodyText(node.program, enter(scope, value, namesOf(node), [value]), run);
  if (kind === 'if') return isTrue(value, node, scope, run) ? yes() : no();
  if (kind === 'unless') return isTrue(value, node, scope, run) ? no() : yes();
  if (kind === 'with') return isEmpty(value) ? no() : within();
  if (kind === 'each' || Array.isArray(value)) return eachText(value, node, scope, run);
  // A section, `{{#deprecated}} … {{/deprecated}}`.
  if (value === true) return yes();
  return value === false || value === null ? no() : within();
}

function eachText(value: unknown, node: hbs.AST.BlockStatement, scope: Scope, run: Run): string {
  const { start } = node.loc;
  if (value !== null && typeof value !== 'object') throw problemAt(run.file, start, 'each takes a list');
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value ?? {});
  if (entries.length === 0) return bodyText(node.inverse, scope, run);
  const texts = entries.map(([key, item], index) => {
    run.rounds += 1;
    if (run.rounds > ROUNDS) throw problemAt(run.file, start, `each goes round more than ${ROUNDS} times`);
    const place = { key, index, first: index === 0, last: index === entries.length - 1 };
    const data = { values: { ...scope.data.values, ...place }, outer: scope.data };
    return bodyText(node.program, { ...enter(scope, item, namesOf(node), [item, key]), data }, run);
  });
  return texts.join('');
}

/** The names behind `as` in `{{#each tables as |table|}}`. */
function namesOf({ program }: hbs.AST.BlockStatement): readonly string[] {
  return (program as hbs.AST.Program | undefined)?.blockParams ?? [];
}

function isTrue(value: unknown, { hash }: hbs.AST.BlockStatement, scope: Scope, run: Run): boolean {
  const [zero] = (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
  const includesZero = zero !== undefined && Boolean(expressionValue(zero.value, scope, run));
  return !isEmpty(value) && (value !== 0 || includesZero);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !value && value !== 0;
}

function expressionValue(node: hbs.AST.Expression, scope: Scope, run: Run): unknown {
  if (node.type === 'PathExpression') return pathValue(node, scope, run);
  if (node.type === 'SubExpression') return called(node as hbs.AST.SubExpression, scope, run);
  return (node as { readonly value?: unknown }).value ?? null;
}

function pathValue(node: hbs.AST.Expression, scope: Scope, run: Run): unknown {
  return located(node, run, () => valueAt(node, scope));
}

/** Whether a tag calls a helper: it has values, or the helper's name and nothing in the template has taken that. */
function isCall({ path, params }: hbs.AST.MustacheStatement, scope: Scope): boolean {
  return params.length > 0 || (Object.hasOwn(HELPERS, nameOf(path)) && !scope.locals.has(nameOf(path)));
}

function called(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope, run: Run): unknown {
  const name = nameOf(node.path);
  const values = node.params.map((param) => expressionValue(param, scope, run));
  return located(node, run, () => {
    if (values.length === 0) throw new TemplateError(`${name} takes a value`);
    const made = madeBy(name, values);
    run.made += typeof made === 'string' ? made.length : 0;
    if (run.made > MOST_MADE) throw new TemplateError(TOO_MUCH);
    return made;
  });
}

function madeBy(name: string, values: readonly unknown[]): unknown {
  try {
    return HELPERS[name]?.(...values);
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError(TOO_MUCH);
    throw error instanceof TemplateError ? new TemplateError(`${name} ${error.message}`) : error;
  }
}

/** Gives problems their place. */
function located<Value>({ loc }: hbs.AST.Node, run: Run, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof TemplateError ? problemAt(run.file, loc.start, error.message) : error;
  }
}

/** The one word that a path is, as helpers are called; empty: it is more, or leads out of the part. */
function nameOf(path: hbs.AST.Expression): string {
  const { parts = [], depth, data, original } = path as Partial<hbs.AST.PathExpression>;
  const [name = ''] = parts;
  return parts.length === 1 && depth === 0 && data !== true && original === name ? name : '';
}

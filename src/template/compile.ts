import Handlebars from 'handlebars';
import { DEEPEST, tooDeepLine } from './depth.ts';
import type { Escape } from './escape.ts';
import { HELPERS } from './helpers.ts';
import { isSamePlace, isSplit, MARKUP_START, type MarkupPlace, markupAfter } from './markup-place.ts';
import { joined, markupProblem } from './markup-problem.ts';
import { problemAt, templateProblem } from './problem.ts';
import { BLOCKS, isBlock, renderTemplate } from './render.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/** Context → text. Throws `TemplateError` that names file and line. */
type Render = (context: object) => string;

/**
 * Reads a template by the parser of Handlebars. It is run by `render.ts` and not by Handlebars itself, which prints nothing for many a name
 * that is not there, adds numbers that stand side by side, and knows no place of most problems. `file` is for messages; without `escaping`
 * values print as they are.
 */
export function compileTemplate(source: string, file: string, escaping?: Escape): Render {
  const line = tooDeepLine(source);
  if (line !== undefined) throw problemAt(file, { line }, `the template nests more than ${DEEPEST} deep`);
  try {
    const tree = Handlebars.parse(source);
    new Checker(file, escaping).accept(tree);
    return (context) => {
      try {
        return renderTemplate(tree, context, file, escaping);
      } catch (error) {
        throw templateProblem(error, file);
      }
    };
  } catch (error) {
    throw templateProblem(error, file);
  }
}

/** Refuses what no contract could make right, in branches that are not taken too. */
class Checker extends Handlebars.Visitor {
  readonly #file: string;
  readonly #escaping: Escape | undefined;
  #place = MARKUP_START;

  constructor(file: string, escaping: Escape | undefined) {
    super();
    this.#file = file;
    this.#escaping = escaping;
  }

  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    this.#refuse(node, false);
    if (this.#escaping) this.#refuseMarkup(node);
    super.MustacheStatement(node);
  }

  override SubExpression(node: hbs.AST.SubExpression): void {
    this.#refuse(node, false);
    super.SubExpression(node);
  }

  override BlockStatement(node: hbs.AST.BlockStatement): void {
    this.#refuse(node, true);
    this.accept(node.path);
    this.acceptArray(node.params);
    this.accept(node.hash);
    const [one, other] = [this.#placeBehind(node.program), this.#placeBehind(node.inverse)];
    if (this.#escaping && !isSamePlace(one, other))
      throw problemAt(this.#file, node.loc.start, 'with and without this block, the markup behind it would be another');
    this.#place = joined(one, other);
  }

  #placeBehind(branch: hbs.AST.Program | undefined): MarkupPlace {
    const before = this.#place;
    if (branch) this.accept(branch);
    const after = this.#place;
    this.#place = before;
    return after;
  }

  override ContentStatement({ value, loc }: hbs.AST.ContentStatement): void {
    if (!this.#escaping) return;
    if (isSplit(this.#place, value))
      throw problemAt(
        this.#file,
        loc.start,
        'a block or a template comment stands inside a name, or between "=" and the quote: write them in one piece',
      );
    this.#place = markupAfter(this.#place, value);
  }

  override PartialStatement({ loc }: hbs.AST.PartialStatement): void {
    this.#refuseParts(loc);
  }

  override PartialBlockStatement({ loc }: hbs.AST.PartialBlockStatement): void {
    this.#refuseParts(loc);
  }

  override Decorator({ loc }: hbs.AST.Decorator): void {
    this.#refuseParts(loc);
  }

  override DecoratorBlock({ loc }: hbs.AST.DecoratorBlock): void {
    this.#refuseParts(loc);
  }

  /** Templates inside the template could call each other without end. */
  #refuseParts({ start }: hbs.AST.SourceLocation): void {
    throw problemAt(this.#file, start, 'partials and decorators are not supported');
  }

  #refuseMarkup({ path, params, escaped, loc }: hbs.AST.MustacheStatement): void {
    const name = String((path as hbs.AST.PathExpression).original);
    const problem = escaped
      ? markupProblem(this.#place, params.length > 0 ? name : '')
      : `unescaped, "${name}" could bring markup of its own: write it in two braces`;
    if (problem !== undefined) throw problemAt(this.#file, loc.start, problem);
  }

  #refuse(node: Call, isBlockTag: boolean): void {
    const problem = problemOf(node, isBlockTag);
    if (problem !== undefined) throw problemAt(this.#file, node.loc.start, problem);
  }
}

function problemOf({ path, params, hash, type }: Call, isBlockTag: boolean): string | undefined {
  const name = String((path as hbs.AST.PathExpression).original);
  const keys = (hash as hbs.AST.Hash | undefined)?.pairs.map(({ key }) => key) ?? [];
  if (isBlock(path)) {
    if (!isBlockTag) return `${name} is a block: {{#${name} …}} … {{/${name}}}`;
    if (params.length !== 1) return `${name} takes one value`;
    const foreign = keys.find((key) => key !== 'includeZero' || (name !== 'if' && name !== 'unless'));
    return foreign === undefined ? undefined : `${name} takes no "${foreign}="`;
  }
  const isCall = params.length > 0 || keys.length > 0 || type === 'SubExpression';
  if (!isCall) return undefined;
  if (!Object.hasOwn(HELPERS, name)) return `there is no helper "${name}"`;
  if (isBlockTag) return `${name} is no block, only ${BLOCKS.join(', ')} are`;
  const [key] = keys;
  return key === undefined ? undefined : `${name} takes no "${key}="`;
}

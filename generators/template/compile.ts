import Handlebars from 'handlebars';
import { HELPERS } from './helpers.ts';
import { problemAt, templateProblem } from './problem.ts';
import { BLOCKS, isBlock, renderTemplate } from './render.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/** Context → text. Throws `GenerateError` that names file and line. */
type Render = (context: object) => string;

/**
 * Reads a template by the parser of Handlebars. It is run by `render.ts` and not by Handlebars itself, which prints nothing for many a name
 * that is not there, adds numbers that stand side by side, and knows no place of most problems. `file` is for messages.
 */
export function compileTemplate(source: string, file: string): Render {
  try {
    const tree = Handlebars.parse(source);
    new Checker(file).accept(tree);
    return (context) => {
      try {
        return renderTemplate(tree, context, file);
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

  constructor(file: string) {
    super();
    this.#file = file;
  }

  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    this.#refuse(node, false);
    super.MustacheStatement(node);
  }

  override SubExpression(node: hbs.AST.SubExpression): void {
    this.#refuse(node, false);
    super.SubExpression(node);
  }

  override BlockStatement(node: hbs.AST.BlockStatement): void {
    this.#refuse(node, true);
    super.BlockStatement(node);
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

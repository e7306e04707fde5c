import { TemplateError } from './problem.ts';

/** What the names in a part of a template mean. */
export interface Scope {
  /** `this`; names are those of its parts. */
  readonly self: unknown;
  /** What `../` leads to; absent: the whole template. */
  readonly outer?: Scope;
  /** `@root`, and in loops `@index`, `@key`, `@first` and `@last`. */
  readonly data: Data;
  /** Names behind `as`. */
  readonly locals: ReadonlyMap<string, unknown>;
}

interface Data {
  readonly values: Readonly<Record<string, unknown>>;
  /** Of the loop around: `@../index`. */
  readonly outer?: Data;
}

/** The scope inside a block over `self`. As in Handlebars, `{{#with this}}` is no step down. */
export function enter(scope: Scope, self: unknown, names: readonly string[], values: readonly unknown[]): Scope {
  const given = names.map((name, index) => [name, values[index]] as const);
  const locals = new Map([...scope.locals, ...given]);
  const isSame = typeof self === 'object' && self === scope.self;
  return isSame ? { ...scope, locals } : { self, outer: scope, data: scope.data, locals };
}

/** What a path leads to, `null` where nothing is said. Throws `TemplateError` where there is nothing of that name. */
export function valueAt(node: hbs.AST.Expression, scope: Scope): unknown {
  if (node.type !== 'PathExpression') return follow(scope.self, [String((node as hbs.AST.StringLiteral).original)]);
  const { parts, depth, data, original } = node as hbs.AST.PathExpression;
  if (data) return follow(outerOf(scope.data, depth).values, parts);
  const [first = '', ...rest] = parts;
  const isOwn = depth > 0 || /^(?:\.|this\b)/.test(original);
  if (!isOwn && scope.locals.has(first)) return follow(scope.locals.get(first), rest, first);
  return follow(outerOf(scope, depth).self, parts);
}

function follow(start: unknown, parts: readonly string[], name = 'this'): unknown {
  let [value, shown] = [start, name];
  for (const part of parts) [value, shown] = [partOf(value, part, shown), part];
  return value;
}

/** Only what the part itself has: not what every text, list and object has. */
function partOf(value: unknown, name: string, shown: string): unknown {
  if (value === null)
    throw new TemplateError(`"${shown}" is not said here and has no "${name}": ask by if or with first`);
  if (typeof value === 'object' && Object.hasOwn(value, name)) {
    const part: unknown = Reflect.get(value, name);
    if (part !== undefined) return part;
  }
  throw new TemplateError(`there is no "${name}" here`);
}

function outerOf<Level extends { readonly outer?: Level }>(level: Level, steps: number): Level {
  if (steps === 0) return level;
  if (!level.outer) throw new TemplateError('"../" leads out of the template here');
  return outerOf(level.outer, steps - 1);
}

import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import { GenerateError } from '../generator.ts';
import { HELPERS, type Helper } from './helpers.ts';
import { problemAt, type TemplatePlace, templateProblem } from './problem.ts';

/** Loops may go round so often, all in all. */
const ROUNDS = 1_000_000;
/** What is generated from one contract holds no more characters. */
const LONGEST = 16_777_216;
/** Helpers of Handlebars that a template may use. */
const OWN = ['if', 'unless', 'each', 'with', 'lookup'];

/** Context → text. Throws `GenerateError` that names file and line. */
type Render = (context: object) => string;

/** Options as a compiled template gives them to a helper. */
type Called = HelperOptions & { readonly name: string; readonly loc: { readonly start: TemplatePlace } };

/** Compiles a template with nothing but its helpers: no partials, no prototypes, no log, and loops that end. `file` is for messages. */
export function compileTemplate(source: string, file: string): Render {
  const engine = Handlebars.create();
  const bounds = { rounds: 0 };
  const located = (call: (values: readonly unknown[], called: Called, self: unknown) => unknown): HelperDelegate =>
    function (this: unknown, ...given: unknown[]) {
      const called = given.at(-1) as Called;
      try {
        return call(given.slice(0, -1), called, this);
      } catch (error) {
        if (error instanceof GenerateError && error.hint === undefined)
          throw problemAt(file, called.loc.start, `${called.name} ${error.message}`);
        throw error;
      }
    };
  for (const [name, helper] of Object.entries(HELPERS)) engine.registerHelper(name, located(checked(helper)));
  for (const name of ['if', 'unless', 'each', 'with']) {
    const original = engine.helpers[name] as HelperDelegate;
    engine.registerHelper(
      name,
      located((values, called, self) => {
        const options = name === 'each' ? { ...called, fn: bounded(called.fn, bounds) } : called;
        return checked((...all) => original.call(self, ...all, options) as unknown)(values);
      }),
    );
  }
  try {
    const tree = engine.parse(source);
    refuseParts(tree, file);
    const known = Object.fromEntries([...OWN, ...Object.keys(HELPERS)].map((name) => [name, true]));
    const render = engine.compile(tree, {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
      knownHelpers: { ...known, log: false },
    });
    return (context) => {
      bounds.rounds = 0;
      return rendered(() => render(context, SAFE), file);
    };
  } catch (error) {
    throw templateProblem(error, file);
  }
}

const SAFE = { allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false };

function rendered(render: () => string, file: string): string {
  try {
    const text = render();
    if (text.length > LONGEST) throw problemAt(file, {}, `more than ${LONGEST} characters come of it`);
    return text;
  } catch (error) {
    throw templateProblem(error, file);
  }
}

/** A path that leads nowhere gives undefined; every part that there is has a value, if only `null`. */
function checked(helper: Helper): (values: readonly unknown[]) => unknown {
  return (values) => {
    if (values.length === 0) throw new GenerateError('takes a value');
    if (values.includes(undefined)) throw new GenerateError('is given a part that is not there');
    return helper(...values);
  };
}

function bounded(fn: HelperOptions['fn'], bounds: { rounds: number }): HelperOptions['fn'] {
  let length = 0;
  return (context, inner) => {
    const text = fn(context, inner);
    bounds.rounds += 1;
    length += text.length;
    if (bounds.rounds > ROUNDS) throw new GenerateError(`goes round more than ${ROUNDS} times`);
    if (length > LONGEST) throw new GenerateError(`makes more than ${LONGEST} characters`);
    return text;
  };
}

/** Templates inside the template could call each other without end. */
function refuseParts(tree: hbs.AST.Program, file: string): void {
  const refuse = ({ loc }: hbs.AST.Node): never => {
    throw problemAt(file, loc.start, 'partials and decorators are not supported');
  };
  const visitor = new Handlebars.Visitor();
  visitor.PartialStatement = refuse;
  visitor.PartialBlockStatement = refuse;
  visitor.Decorator = refuse;
  visitor.DecoratorBlock = refuse;
  visitor.accept(tree);
}

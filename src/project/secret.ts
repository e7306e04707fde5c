import { inspect } from 'node:util';

/** Environment variables as `process.env` gives them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A text that may hold a secret: printing it in any way shows `[redacted]`. */
export interface SecretText {
  /** The text with `${ENV}` filled in, or the names of variables that are not set. */
  reveal(): { readonly text: string } | { readonly unset: readonly string[] };
  /** Whether it stands in surety.yaml as it is: nothing is filled in. */
  readonly isPlain: boolean;
  toString(): string;
  toJSON(): string;
}

const VARIABLE = /\$\{([^}]*)\}/g;
const NAME = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/;

/** Why a text cannot be filled in: a `${` that is not closed, or no name inside. */
export function substitutionProblem(text: string): string | undefined {
  for (const [whole, inside] of text.matchAll(VARIABLE)) {
    if (!NAME.test(inside ?? '')) return `"${whole}" is no variable, expected \${NAME} or \${NAME:-default}`;
  }
  return /\$\{/.test(text.replace(VARIABLE, '')) ? 'a variable is not closed' : undefined;
}

/** Wraps a text of surety.yaml; variables are looked up only when it is revealed. */
export function secretText(text: string, variables: Variables): SecretText {
  const redacted = () => '[redacted]';
  const secret = {
    reveal: () => fillIn(text, variables),
    isPlain: !text.includes('${'),
    toString: redacted,
    toJSON: redacted,
    [inspect.custom]: redacted,
  };
  return Object.freeze(secret);
}

function fillIn(text: string, variables: Variables): { readonly text: string } | { readonly unset: readonly string[] } {
  const unset: string[] = [];
  const filled = text.replace(VARIABLE, (_, inside: string) => {
    const [, name = '', fallback] = NAME.exec(inside) ?? [];
    const value = variables[name];
    if (value !== undefined && (value !== '' || fallback === undefined)) return value;
    if (fallback === undefined) unset.push(name);
    return fallback ?? '';
  });
  return unset.length > 0 ? { unset } : { text: filled };
}

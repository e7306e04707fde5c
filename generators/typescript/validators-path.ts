import { _, type Code, Name } from 'ajv';

/** A step of AJV's path to a value: a quoted name of the contract, the index of a list, or a name that `mapKey` made. */
export type PathStep = Code | number;

type Kind = 'member' | 'key' | 'hidden';

/** A constant of the emitted code that holds a name: of a member, or of a key of a map, which may be hidden. */
class NameStep extends Name {
  readonly kind: Kind;

  constructor(text: string, kind: Kind) {
    super(text);
    this.kind = kind;
  }
}

export function mapKey({ str }: Name, kind: Kind): PathStep {
  return new NameStep(str, kind);
}

/** The path as an expression: `'lines[' + i0 + '].qty'`. */
export function pathOf(steps: readonly PathStep[]): Code {
  const parts: (string | Code)[] = [];
  const add = (...pieces: readonly (string | Code)[]): void => {
    for (const piece of pieces) {
      const last = parts.at(-1);
      if (typeof last === 'string' && typeof piece === 'string') parts[parts.length - 1] = last + piece;
      else parts.push(piece);
    }
  };
  const dot = (): void => {
    if (parts.length > 0) add('.');
  };
  for (const step of steps) {
    const code = String(step);
    if (step instanceof NameStep) {
      if (step.kind === 'member') dot();
      add(...(step.kind === 'member' ? [step] : step.kind === 'key' ? ['{', step, '}'] : ['{}']));
    } else if (code.startsWith('"')) {
      dot();
      add(JSON.parse(code));
    } else if (code !== '') add('[', _`${step}`, ']');
  }
  const [first = '', ...more] = parts;
  return more.reduce<Code>((path, part) => _`${path} + ${part}`, _`${first}`);
}

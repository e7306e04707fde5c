import type { Pattern } from '../../src/sql/pattern.ts';

/** Whether the pattern matches somewhere, found by following sets of positions: slow, short and independent of every engine. */
export function naiveMatches(pattern: Pattern, text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) as number);
  const everywhere = new Set(Array.from({ length: codes.length + 1 }, (_, index) => index));
  return follow(pattern, codes, everywhere).size > 0;
}

type Positions = ReadonlySet<number>;

function follow(pattern: Pattern, codes: readonly number[], from: Positions): Positions {
  switch (pattern.kind) {
    case 'start':
      return new Set([...from].filter((position) => position === 0));
    case 'end':
      return new Set([...from].filter((position) => position === codes.length));
    case 'character':
      return step(codes, from, (code) => code === pattern.code);
    case 'class':
      return step(
        codes,
        from,
        (code) => pattern.ranges.some(([low, high]) => low <= code && code <= high) !== pattern.negated,
      );
    case 'sequence':
      return pattern.items.reduce<Positions>((positions, item) => follow(item, codes, positions), from);
    case 'choice':
      return new Set(pattern.options.flatMap((option) => [...follow(option, codes, from)]));
    case 'repeat':
      return repeated(pattern, codes, from);
  }
}

function step(codes: readonly number[], from: Positions, fits: (code: number) => boolean): Positions {
  const to = new Set<number>();
  for (const position of from) {
    const code = codes[position];
    if (code !== undefined && fits(code)) to.add(position + 1);
  }
  return to;
}

function repeated(pattern: Extract<Pattern, { kind: 'repeat' }>, codes: readonly number[], from: Positions): Positions {
  let positions = from;
  for (let count = 0; count < pattern.min; count += 1) positions = follow(pattern.item, codes, positions);
  const reached = new Set(positions);
  for (let count = pattern.min; count < (pattern.max ?? Number.POSITIVE_INFINITY); count += 1) {
    const before = reached.size;
    for (const position of follow(pattern.item, codes, reached)) reached.add(position);
    if (reached.size === before) break;
  }
  return reached;
}

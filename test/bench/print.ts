import type { Usage } from './measure.ts';

/** What was measured of one engine and case. */
export interface Line {
  readonly engine: string;
  readonly ours: readonly Usage[];
  readonly theirs: readonly Usage[];
  readonly statements: { readonly ours: number; readonly theirs: number };
}

const HEAD = [
  'engine',
  'Surety: min, median s',
  'by hand: min, median s',
  'ratio of min',
  'of median',
  'CPU s',
  'peak MiB',
  'statements',
];

/** A table in Markdown. Pairs are ours and by hand. */
export function printTable(lines: readonly Line[]): string {
  const rows = lines.map(({ engine, ours, theirs, statements }) => {
    const [own, other] = [ours, theirs].map((usages) => usages.map(({ seconds }) => seconds)) as [number[], number[]];
    const cpu = [ours, theirs].map((usages) => median(usages.map((usage) => usage.cpu)).toFixed(2));
    const peak = [ours, theirs].map((usages) => Math.round(median(usages.map((usage) => usage.peak)) / 1024));
    return [
      engine,
      `${Math.min(...own).toFixed(2)}, ${median(own).toFixed(2)}`,
      `${Math.min(...other).toFixed(2)}, ${median(other).toFixed(2)}`,
      (Math.min(...own) / Math.min(...other)).toFixed(2),
      (median(own) / median(other)).toFixed(2),
      cpu.join(' / '),
      peak.join(' / '),
      `${statements.ours} / ${statements.theirs}`,
    ];
  });
  return [HEAD, HEAD.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

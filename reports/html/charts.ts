import { barX, plot, ruleX, tickX } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { cells, takeFirst, textOf, widthOf } from '../../src/util/cells.ts';

/** One bar with what it is held against. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly limits: readonly { readonly verdict: 'warn' | 'fail'; readonly value: number }[];
}

/** A picture of bars, each with marks for its limits. */
export interface Chart {
  readonly title: string;
  /** What a reader hears instead of the picture. */
  readonly words: string;
  /** Of the axis: `missing, % of rows`. */
  readonly label: string;
  readonly bars: readonly Bar[];
  /** Whether there are marks of warnings. */
  readonly warns: boolean;
}

const WIDTH = 640;
/** Of a name, in the width of usual letters. */
const WIDEST_NAME = 24;
/** Pixels of a letter: most are narrower. */
const LETTER = 9;
const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Attributes whose numbers need no more than hundredths of a pixel. */
const GEOMETRY = / (?:[xy][12]?|width|height|transform|d)="[^"]*"/g;

/** The picture as SVG without a style of its own: colours come from the page, so that they follow light and dark. */
export function chartSvg({ bars, label, words }: Chart): string {
  const rows = bars.map((bar, index) => ({ ...bar, row: index }));
  const marks = rows.flatMap(({ row, limits }) => limits.map((limit) => ({ ...limit, row })));
  const names = bars.map(({ name }) => nameWithin(name, WIDEST_NAME));
  const widest = Math.max(...names.map((name) => widthOf(cells(name))));
  const ticks = (verdict: string, dash: string) =>
    tickX(
      marks.filter((mark) => mark.verdict === verdict),
      { x: 'value', y: 'row', stroke: `var(--${verdict})`, strokeWidth: 3, strokeDasharray: dash },
    );
  const drawn = plot({
    document,
    width: WIDTH,
    height: 50 + 22 * bars.length,
    marginLeft: 20 + LETTER * widest,
    marginRight: 20,
    marginTop: 5,
    marginBottom: 38,
    style: {},
    x: {
      label,
      domain: [0, Math.max(1e-9, ...bars.map(({ value }) => value), ...marks.map(({ value }) => value)) * 1.05],
    },
    y: { label: null, type: 'band', tickFormat: (row: number) => names[row] ?? '' },
    marks: [
      barX(rows, { x: 'value', y: 'row', fill: 'var(--bar)', insetTop: 2, insetBottom: 2 }),
      ticks('warn', '3 2'),
      ticks('fail', 'none'),
      ruleX([0]),
    ],
  });
  drawn.querySelector('style')?.remove();
  for (const attribute of ['font-family', 'style']) drawn.removeAttribute(attribute);
  for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  for (const [name, value] of [
    ['class', 'chart'],
    ['role', 'img'],
    ['aria-label', words],
  ] as const)
    drawn.setAttribute(name, value);
  return drawn.outerHTML.replace(GEOMETRY, (text: string) => text.replace(/(\.\d\d)\d+/g, '$1'));
}

function nameWithin(name: string, width: number): string {
  const all = cells(name);
  return widthOf(all) <= width ? textOf(all) : `${textOf(takeFirst(all, width - 1))}…`;
}

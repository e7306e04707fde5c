import { type Graph, instance } from '@viz-js/viz';
import type { ConsumerResult, ContractResult, Run } from '../../src/model/run.ts';
import { cells, widthOf } from '../../src/util/cells.ts';
import { shown } from '../gate-words.ts';
import { plural } from '../plural.ts';
import { checksIn, SIGN } from '../run-words.ts';
import { worstOfFirst } from '../worst-first.ts';

/** Boxes that a picture holds and stays readable. */
const MOST = 60;
/** Of those before and those behind a contract, so many are named. */
const FEW = 10;
const LONGEST_NAME = 40;

interface Box {
  readonly id: string;
  readonly label: string;
  /** Of the style sheet. */
  readonly look: string;
  readonly anchor?: string;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** What a contract is made from and who reads it, as a picture. */
export interface Lineage {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** Contracts that have a part in it and are left out of the picture. */
  readonly left: number;
}

/** The boxes and arrows of a run: its contracts worst first, as far as they fit, with what is before and behind them. */
export function lineageOf(run: Run, anchorOf: (contract: ContractResult) => string): Lineage {
  const known = new Map(run.contracts.map((contract) => [contract.contract, boxOf(contract, anchorOf)]));
  const readers = new Set(run.contracts.flatMap(({ upstream }) => upstream.map(({ contract }) => contract)));
  const connected = worstOfFirst(
    run.contracts.filter(
      ({ contract, upstream, consumers }) => upstream.length + consumers.length > 0 || readers.has(contract),
    ),
    checksIn,
  );
  const boxes = new Map<string, Box>();
  for (const contract of connected) {
    const own = boxesAround(contract, known).filter(({ id }) => !boxes.has(id));
    if (boxes.size + own.length > MOST) continue;
    for (const box of own) boxes.set(box.id, box);
  }
  const arrows = new Map<string, Arrow>();
  for (const contract of connected) {
    for (const arrow of arrowsOf(contract)) {
      if (boxes.has(arrow.from) && boxes.has(arrow.to)) arrows.set(`${arrow.from}\n${arrow.to}`, arrow);
    }
  }
  const left = connected.filter(({ contract }) => !boxes.has(contractId(contract))).length;
  return { boxes: [...boxes.values()], arrows: [...arrows.values()], left };
}

/** A contract with what is before and behind it; of many only some are named. */
function boxesAround(contract: ContractResult, known: ReadonlyMap<string, Box>): readonly Box[] {
  const self = known.get(contract.contract);
  const before = few(contract.upstream).map(
    ({ contract: from }) => known.get(from) ?? { id: contractId(from), label: named(from), look: 'outside' },
  );
  const behind = few(contract.consumers).map((consumer) => ({
    id: consumerId(consumer),
    label: named(consumer.name),
    look: 'consumer',
  }));
  const all = [
    ...(self ? [self] : []),
    ...before,
    ...behind,
    ...restBox(contract, 'before', contract.upstream.length, 'outside', 'more contract'),
    ...restBox(contract, 'behind', contract.consumers.length, 'consumer', 'more reader'),
  ];
  return [...new Map(all.map((box) => [box.id, box])).values()];
}

function few<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, FEW);
}

function restBox(contract: ContractResult, side: Side, count: number, look: string, word: string): readonly Box[] {
  return count > FEW ? [{ id: restId(contract, side), label: plural(count - FEW, word), look }] : [];
}

function arrowsOf(contract: ContractResult): readonly Arrow[] {
  const self = contractId(contract.contract);
  const before = [...contract.upstream.map(({ contract: from }) => contractId(from)), restId(contract, 'before')];
  const behind = [...contract.consumers.map(consumerId), restId(contract, 'behind')];
  return [
    ...before.filter((id) => id !== self).map((from) => ({ from, to: self })),
    ...behind.map((to) => ({ from: self, to })),
  ];
}

type Side = 'before' | 'behind';

function restId({ contract }: ContractResult, side: Side): string {
  return `rest ${side} ${contract}`;
}

function consumerId({ name, party }: ConsumerResult): string {
  return `consumer ${name} ${party}`;
}

function boxOf(contract: ContractResult, anchorOf: (contract: ContractResult) => string): Box {
  return {
    id: contractId(contract.contract),
    label: `${SIGN[contract.verdict]} ${named(contract.contract)}`,
    look: contract.verdict,
    anchor: anchorOf(contract),
  };
}

function contractId(name: string): string {
  return `contract ${name}`;
}

function named(text: string): string {
  return shown(text, LONGEST_NAME);
}

/** The picture as SVG without a style of its own; a box of a contract leads to it. */
export async function lineageSvg({ boxes, arrows }: Lineage): Promise<string> {
  const viz = await instance();
  const ids = new Map(boxes.map(({ id }, index) => [id, `n${index}`]));
  const graph: Graph = {
    directed: true,
    graphAttributes: { rankdir: 'LR', bgcolor: 'transparent', nodesep: 0.2, ranksep: 0.6, fontname: 'Helvetica' },
    nodeAttributes: { shape: 'box', style: 'rounded', fontname: 'Helvetica', fontsize: 13, margin: '0.2,0.08' },
    edgeAttributes: { arrowsize: 0.7 },
    nodes: boxes.map(({ id, label, look, anchor }) => ({
      name: ids.get(id) ?? '',
      attributes: {
        label: literal(label),
        class: look,
        ...(anchor !== undefined && { URL: `#${anchor}` }),
        // Graphviz measures by Helvetica, and the browser may have none.
        width: 0.3 + 0.11 * widthOf(cells(label)),
        ...(look === 'consumer' && { style: 'solid' }),
      },
    })),
    edges: arrows.map(({ from, to }) => ({ tail: ids.get(from) ?? '', head: ids.get(to) ?? '' })),
  };
  const svg = viz.renderString(graph, { format: 'svg' });
  return (
    svg
      .slice(svg.indexOf('<svg'))
      // Comments and titles only say what our names of the boxes are.
      .replace(/<!--.*?-->\n?|<title>.*?<\/title>\n?/gs, '')
      .replace(
        '<svg ',
        '<svg class="lineage" role="group" aria-label="what the contracts are made from and who reads them" ',
      )
  );
}

/** Graphviz reads `\N`, entities and the like in labels. */
function literal(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('&', '&amp;');
}

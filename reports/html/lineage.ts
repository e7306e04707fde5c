import { type Graph, instance } from '@viz-js/viz';
import type { ContractResult, Run } from '../../src/model/run.ts';
import { cells, widthOf } from '../../src/util/cells.ts';
import { shown } from '../gate-words.ts';
import { SIGN } from '../run-words.ts';
import { worstFirst } from '../worst-first.ts';

/** Boxes that a picture holds and stays readable. */
const MOST = 60;
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
  const boxes = new Map<string, Box>();
  const arrows = new Map<string, Arrow>();
  const known = new Map(run.contracts.map((contract) => [contract.contract, contract]));
  const connected = worstFirst(run.contracts.filter((contract) => isConnected(contract, run)));
  let left = 0;
  for (const contract of connected) {
    const own = new Map<string, Box>([boxOf(contract, anchorOf)].map((box) => [box.id, box]));
    for (const { contract: from } of contract.upstream) {
      const other = known.get(from);
      const box = other ? boxOf(other, anchorOf) : { id: contractId(from), label: named(from), look: 'outside' };
      own.set(box.id, box);
    }
    for (const consumer of contract.consumers) {
      const id = `consumer ${consumer.name} ${consumer.party}`;
      own.set(id, { id, label: named(consumer.name), look: 'consumer' });
    }
    if (new Set([...boxes.keys(), ...own.keys()]).size > MOST && boxes.size > 0) {
      left += 1;
      continue;
    }
    for (const [id, box] of own) boxes.set(id, box);
    const self = contractId(contract.contract);
    for (const id of own.keys()) {
      const arrow = id.startsWith('consumer ') ? { from: self, to: id } : { from: id, to: self };
      if (id !== self) arrows.set(`${arrow.from}\n${arrow.to}`, arrow);
    }
  }
  return { boxes: [...boxes.values()], arrows: [...arrows.values()], left };
}

function isConnected({ contract, upstream, consumers }: ContractResult, run: Run): boolean {
  return (
    upstream.length + consumers.length > 0 ||
    run.contracts.some((other) => other.upstream.some((each) => each.contract === contract))
  );
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

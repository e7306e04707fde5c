import type { Contract } from '../../src/model/contract.ts';
import { referencedContract } from '../../src/util/referenced.ts';
import type { ContractInput, GeneratorInput } from '../generator.ts';
import { counted } from '../words/wording.ts';
import { quoted } from './label.ts';

/** Upstream contracts → contracts → consumers, as a flowchart. */
export function lineageDiagram(
  inputs: readonly ContractInput[],
  { known: all, parties }: Pick<GeneratorInput, 'known' | 'parties'>,
): string {
  const known = all.map(({ contract }) => contract);
  const ids = new Map(inputs.map(({ contract }, index) => [contract.id, `c${index}`]));
  const others = new Map<string, { readonly id: string; readonly label: string }>();
  const edges: string[] = [];
  const readers: string[] = [];
  for (const { contract } of inputs) {
    const own = ids.get(contract.id) ?? '';
    for (const { contract: name, columns } of contract.upstream) {
      const found = upstream(name, known);
      const inside = found && ids.get(found.id);
      const key = found?.id ?? name;
      if (inside === undefined && !others.has(key)) {
        const id = `u${others.size}`;
        others.set(key, {
          id,
          label: found ? `${id}[${contractLabel(found)}]` : `${id}[/${quoted(name.replace(/^external:/, ''))}/]`,
        });
      }
      const read = columns === 'all' ? 'all columns' : counted(columns.length, 'column');
      edges.push(`${inside ?? others.get(key)?.id} -->|${quoted(read)}| ${own}`);
    }
    for (const { name, party, uses } of contract.consumers) {
      const id = `r${readers.length}`;
      const title = parties.get(party.text)?.title ?? party.text;
      readers.push(`${id}([${title === name ? quoted(name) : quoted(name, title)}])`);
      edges.push(`${own} ${uses.length === 0 ? '-->' : `-->|${quoted(counted(uses.length, 'column'))}|`} ${id}`);
    }
  }
  const nodes = inputs.map(({ contract }) => `${ids.get(contract.id)}[${contractLabel(contract)}]`);
  const lines = [...[...others.values()].map(({ label }) => label), ...nodes, ...readers, ...edges];
  return ['flowchart LR', ...lines.map((line) => `    ${line}`)].join('\n');
}

function upstream(name: string, known: readonly Contract[]): Contract | undefined {
  if (name.startsWith('external:')) return undefined;
  const [bare = '', major] = name.split('@');
  return referencedContract(bare, major === undefined ? undefined : Number(major), known);
}

function contractLabel({ title, id, version }: Contract): string {
  const second = `${id} ${version}`;
  return title === undefined || title.trim() === '' ? quoted(second) : quoted(title, second);
}

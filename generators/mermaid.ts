import { fileStem } from './file-name.ts';
import type { ContractInput, Generated, Generator, GeneratorInput } from './generator.ts';
import { commonHeader, header } from './header.ts';
import { titleOf } from './markdown/contract-sections.ts';
import { escaped } from './markdown/text.ts';
import { entityDiagram } from './mermaid/entities.ts';
import { lineageDiagram } from './mermaid/lineage.ts';
import { refuseCollisions } from './names.ts';

const NAME = 'mermaid';

/** Diagrams in Markdown pages, which GitHub and GitLab draw: entities and lineage of each contract, and the lineage of all. */
export const mermaid: Generator = {
  generate(input: GeneratorInput): Generated {
    const { contracts } = input;
    refuseCollisions(contracts.map((each) => ({ name: fileOf(each), origin: `the page of ${each.contract.id}` })));
    const known = input.known.map(({ contract }) => contract);
    const pages = contracts.map((each) => {
      const entities = entityDiagram(each, known);
      const sections = [
        `# ${escaped(titleOf(each.contract))}`,
        ...['## Entities', fenced(entities.text)],
        ...['## Lineage', fenced(lineageDiagram([each], input))],
      ];
      return { path: fileOf(each), text: page(header(NAME, each), sections), notes: entities.notes };
    });
    const lineage = ['# Lineage', fenced(lineageDiagram(contracts, input))];
    return {
      files: [
        ...(contracts.length > 1
          ? [{ path: 'index.diagrams.md', text: page(commonHeader(NAME, contracts), lineage) }]
          : []),
        ...pages.map(({ path, text }) => ({ path, text })),
      ],
      notes: pages.flatMap(({ notes }) => notes),
    };
  },
};

function fileOf(input: ContractInput): string {
  return `${fileStem(input)}.diagrams.md`;
}

function fenced(diagram: string): string {
  return `\`\`\`mermaid\n${diagram}\n\`\`\``;
}

function page(first: string, blocks: readonly string[]): string {
  return `${[`<!-- ${first} -->`, ...blocks].join('\n\n')}\n`;
}

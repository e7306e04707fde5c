import { fileStem } from './file-name.ts';
import type { ContractInput, Generated, GeneratedFile, Generator, GeneratorInput } from './generator.ts';
import { commonHeader, header } from './header.ts';
import { contractSections, titleOf } from './markdown/contract-sections.ts';
import { linksOf, type Target } from './markdown/links.ts';
import { anchorsOf, printPage, type Section } from './markdown/section.ts';
import { escaped, grid, inline, span } from './markdown/text.ts';
import { refuseCollisions } from './names.ts';

const NAME = 'markdown';
const INDEX = 'index.md';

/** A data dictionary: a page a contract, and an index where there are several. */
export const markdown: Generator = {
  generate(input: GeneratorInput): Generated {
    const { contracts } = input;
    refuseCollisions(contracts.map((each) => ({ name: fileOf(each), origin: `the page of ${each.contract.id}` })));
    const pages = new Map(contracts.map((each) => [each.contract.id, target(each, input)]));
    const files = contracts.map((each) => ({
      path: fileOf(each),
      text: printPage(header(NAME, each), sectionsOf(each, input, pages)),
    }));
    return { files: contracts.length > 1 ? [index(contracts), ...files] : files, notes: [] };
  },
};

function fileOf(input: ContractInput): string {
  return `${fileStem(input)}.md`;
}

function sectionsOf(
  each: ContractInput,
  input: GeneratorInput,
  pages: ReadonlyMap<string, Target>,
): readonly Section[] {
  const known = input.known.map(({ contract }) => contract);
  return contractSections(each, input, linksOf(each.contract, pages, known));
}

/** Headings do not depend on links, so that they are known before the links are. */
function target(each: ContractInput, input: GeneratorInput): Target {
  return { file: fileOf(each), anchors: anchorsOf(sectionsOf(each, input, new Map())) };
}

function index(contracts: readonly ContractInput[]): GeneratedFile {
  const rows = contracts.map((each) => {
    const { id, version, status, domain, raci, tables, description = '' } = each.contract;
    const [first = ''] = description.trim().split(/\n\s*\n/);
    return [
      `[${span(id)}](${fileOf(each)})`,
      each.contract.title === undefined ? '' : escaped(titleOf(each.contract)),
      span(version),
      status,
      domain === undefined ? '' : escaped(domain),
      tables.map(({ name }) => span(name)).join(', '),
      raci?.accountable ? span(raci.accountable.text) : '',
      inline(first),
    ];
  });
  const table = grid(
    ['Contract', 'Title', 'Version', 'Status', 'Domain', 'Tables', 'Accountable', 'Description'],
    rows,
  );
  const sections = [{ level: 1, title: 'Data contracts', blocks: [table] }] as const;
  return { path: INDEX, text: printPage(commonHeader(NAME, contracts), sections) };
}

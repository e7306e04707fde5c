import MarkdownIt from 'markdown-it';
import { linkAddress } from '../../src/template/escape.ts';
import { visible } from '../../src/util/visible.ts';

const LONGEST = 4000;

const markdown = new MarkdownIt({ html: false, linkify: false });
markdown.validateLink = (address) => linkAddress(address) !== '';
// A picture would be fetched, and a heading stand among those of the page.
markdown.disable(['image', 'heading', 'lheading', 'html_block', 'html_inline']);

// Alignment is a style of the element, which the page lets none have.
for (const cell of ['th_open', 'td_open'] as const)
  markdown.renderer.rules[cell] = (tokens, index) => `<${tokens[index]?.tag}>`;

/** Markdown of a contract as HTML of which nothing is run or fetched. */
export function proseHtml(text: string): string {
  const lines = text
    .slice(0, LONGEST + 1)
    .split('\n')
    .map((line) => visible(line, LONGEST));
  const cut = text.length > LONGEST ? '…' : '';
  return markdown.render(`${lines.join('\n').slice(0, LONGEST)}${cut}`);
}

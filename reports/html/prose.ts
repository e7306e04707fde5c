import MarkdownIt from 'markdown-it';
import { linkAddress } from '../../src/template/escape.ts';
import { visible } from '../../src/util/visible.ts';

const LONGEST = 4000;

const markdown = new MarkdownIt({ html: false, linkify: false });
markdown.validateLink = (address) => linkAddress(address) !== '';
// A picture would be fetched.
markdown.disable(['image', 'html_block', 'html_inline']);

Object.assign(markdown.renderer.rules, {
  // Alignment is a style of the element, which the page lets none have.
  th_open: () => '<th>',
  td_open: () => '<td>',
  // A heading would stand among those of the page.
  heading_open: () => '<p><strong>',
  heading_close: () => '</strong></p>\n',
});

/** What joins emoji and letters of scripts that need it, and shows emoji in colour: seen as what it makes of its neighbours. */
const JOINING =
  /((?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Tamil}\p{Script=Sinhala}]\p{M}*)[\u200c\u200d])/u;

/** Words of people: as `visible`, but emoji and joined letters stay what they are. */
export function wordsOf(text: string, limit: number): string {
  const head = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return head
    .split(JOINING)
    .map((piece, index) => (index % 2 === 1 ? piece : visible(piece, limit + 1)))
    .join('');
}

/** Markdown of a contract as HTML of which nothing is run or fetched. */
export function proseHtml(text: string): string {
  const head = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const lines = head.split('\n').map((line) => wordsOf(line, LONGEST + 1));
  return markdown.render(lines.join('\n'));
}

import { describe, expect, test } from 'vitest';
import { compileTemplate } from '../../src/template/compile.ts';
import { escapeOf } from '../../src/template/escape.ts';

const EVIL = '<b a="1" c=\'2\'>`&';
const CONTEXT = {
  evil: EVIL,
  list: [EVIL],
  number: 7,
  yes: true,
  site: 'https://a.example/?b=1&c=2',
  bad: 'javascript:x',
};

function page(text: string): string {
  return compileTemplate(text, 'page.html.hbs', escapeOf('.html'))(CONTEXT);
}

function problem(text: string): string {
  try {
    page(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
}

const ESCAPED = '&lt;b a&#61;&quot;1&quot; c&#61;&#39;2&#39;&gt;&#96;&amp;';

describe('in markup', () => {
  test.each([
    ['<p>{{evil}}</p>', `<p>${ESCAPED}</p>`],
    ['<p title="{{evil}}">', `<p title="${ESCAPED}">`],
    ['{{html evil}} {{xml evil}}', `${ESCAPED} ${ESCAPED}`],
    ['{{upper (html "<")}}', '&amp;LT;'],
    ['{{list}}', ESCAPED],
    ['{{json list}}', '[&quot;&lt;b a&#61;\\&quot;1\\&quot; c&#61;&#39;2&#39;&gt;&#96;&amp;&quot;]'],
    ['{{number}}{{yes}}', '7true'],
    ['<a href="{{url site}}">', '<a href="https://a.example/?b&#61;1&amp;c&#61;2">'],
    ['<a href="{{url bad}}">', '<a href="">'],
    ['{{#if (url bad)}}a{{else}}b{{/if}}', 'b'],
    ['<a href="#{{number}}">{{number}}</a>', '<a href="#7">7</a>'],
    ['<a href="{{#if yes}}#{{/if}}x" title="{{evil}}">', `<a href="#x" title="${ESCAPED}">`],
    ['<tr{{#if yes}} class="{{number}}"{{/if}}><td>{{number}}', '<tr class="7"><td>7'],
    ['<p class="a{{#if yes}} b{{else}} c{{/if}}">', '<p class="a b">'],
    ['<!-- {{evil}} --><p>1 < 2</p>{{number}}', `<!-- ${ESCAPED} --><p>1 < 2</p>7`],
    ['<script>"<p>"</script><style>a>b{}</style>{{number}}', '<script>"<p>"</script><style>a>b{}</style>7'],
    ['<svg><rect width="{{number}}"/></svg>{{number}}', '<svg><rect width="7"/></svg>7'],
  ])('%s', (text, expected) => {
    expect(page(text)).toBe(expected);
  });

  test.each([
    ['a\n {{{evil}}}', ':2:2: unescaped, "evil" could bring markup of its own'],
    ['{{&evil}}', ':1:1: unescaped, "evil" could bring markup of its own'],
    ['<script>let a = {{number}};</script>', ':1:17: what is escaped is still code inside <script>'],
    ['<STYLE>{{evil}}</STYLE>', ':1:8: what is escaped is still code inside <style>'],
    ['<script>{{#if yes}}{{number}}{{/if}}</script>', ':1:20: what is escaped is still code inside <script>'],
    ['<p {{evil}}>', ':1:4: inside a tag values stand in quoted attributes only'],
    ['<{{evil}}>', ':1:2: inside a tag values stand in quoted attributes only'],
    ['<p title={{evil}}>', ':1:10: a value could leave the attribute "title"'],
    ['<p title = x{{evil}}>', ':1:13: a value could leave the attribute "title"'],
    ['<p onClick="f({{number}})">', ':1:15: "onclick" is code'],
    ["<iframe srcdoc='{{evil}}'>", ':1:17: "srcdoc" is code'],
    ['<a href="{{bad}}">', ':1:10: an address could run something: write href="{{url …}}"'],
    ['<a href="{{#if yes}}#{{/if}}{{bad}}">', ':1:29: an address could run something'],
    ['<p {{#if yes}}>{{/if}}{{evil}}', ':1:4: with and without this block'],
    ['<p>{{#if yes}}<script>{{else}}<b>{{/if}}', ':1:4: with and without this block'],
  ])('%s is refused', (text, expected) => {
    expect(problem(text)).toContain(`page.html.hbs${expected}`);
  });

  test('other formats print what is there', () => {
    for (const extension of ['.md', '.csv', '.txt', '.json', ''])
      expect(compileTemplate('<a href={{evil}}>{{{evil}}}', 'a.hbs', escapeOf(extension))(CONTEXT)).toBe(
        `<a href=${EVIL}>${EVIL}`,
      );
    expect(escapeOf('', '.HTM')).toBeDefined();
  });
});

describe('helpers for other formats', () => {
  const print = (tag: string, value: unknown): string => compileTemplate(`{{${tag} x}}`, 'a.hbs')({ x: value });

  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['say "a"', '"say ""a"""'],
    ['a\nb', '"a\nb"'],
    [' a', '" a"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1+cmd', "'-1+cmd"],
    ['@a', "'@a"],
    ['\ta', '"\'\ta"'],
    ['\ra', '"\'\ra"'],
    ['＝1', "'＝1"],
    ['=a,"b"', '"\'=a,""b"""'],
    ['-7.50', '-7.50'],
    [-7, '-7'],
    [null, ''],
  ])('csv %j', (value, expected) => {
    expect(print('csv', value)).toBe(expected);
  });

  test('markdown: nothing comes alive', () => {
    expect(print('markdown', 'a | @team <b> *x*\n#1')).toBe('a \\| `@team` \\<b\\> `*x*\\n#1`');
    expect(print('markdown', 'x'.repeat(5000))).toHaveLength(5000);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', ' vbscript:x', '//a.example', 'a b', ''])(
    'url %j is no address to follow',
    (address) => {
      expect(print('url', address)).toBe('');
    },
  );
});

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
    ['<!-- a > b --><p>1 < 2</p>{{number}}', '<!-- a > b --><p>1 < 2</p>7'],
    ['<!--> <p>{{number}}', '<!--> <p>7'],
    ['<!-- a --!><p>{{number}}', '<!-- a --!><p>7'],
    ['<p{{! c }} title="{{number}}">{{! c }}<b>{{number}}', '<p title="7"><b>7'],
    ['<option{{#if yes}} selected{{/if}}>{{number}}', '<option selected>7'],
    ['<td class={{#if yes}}a{{else}}b{{/if}}>{{number}}', '<td class=a>7'],
    ['<meta name="description" content="{{number}}">', '<meta name="description" content="7">'],
    ['<meta charset="utf-8"><p>{{number}}', '<meta charset="utf-8"><p>7'],
    ['<script src="a.js" data-run="{{number}}"></script>{{number}}', '<script src="a.js" data-run="7"></script>7'],
    ['<a href="/tables/{{number}}">', '<a href="/tables/7">'],
    ['<a href="?table={{number}}">', '<a href="?table=7">'],
    ['<a href="{{#if yes}}#a{{else}}#b{{/if}}{{number}}">', '<a href="#a7">'],
    [
      '<a href="https://a.example/{{url site}}">',
      '<a href="https://a.example/https://a.example/?b&#61;1&amp;c&#61;2">',
    ],
    ['<animate attributeName="{{number}}" values="0;1"/>', '<animate attributeName="7" values="0;1"/>'],
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
    ['<a href="{{bad}}">', ':1:10: an address could run something, or lead to another site: write href="{{url …}}"'],
    ['<a href="{{#if yes}}#{{/if}}{{bad}}">', ':1:29: an address could run something'],
    ['<p style="width: {{number}}%">', ':1:18: "style" is code'],
    ['<script src="{{url site}}">', ':1:14: no value may say what <script> loads'],
    ['<script src="/{{evil}}">', ':1:15: no value may say what <script> loads'],
    ['<svg:script xlink:href="https://a.example/{{evil}}">', ':1:43: no value may say what <svg:script> loads'],
    ['<base href="{{url site}}">', ':1:13: no value may say what <base> loads'],
    ['<link rel="stylesheet" href="{{url site}}">', ':1:30: no value may say what <link> loads'],
    ['<iframe src="{{url site}}">', ':1:14: no value may say what <iframe> loads'],
    ['<embed src="{{url site}}">', ':1:13: no value may say what <embed> loads'],
    ['<object data="{{url site}}">', ':1:15: no value may say what <object> loads'],
    ['<form action="{{url site}}">', ':1:15: no value may say where a form goes'],
    ['<button formaction="{{url site}}">', ':1:21: no value may say where a form goes'],
    ['<?xml-stylesheet href="{{url site}}"?>', ':1:24: no value may stand in <?xml-stylesheet>'],
    ['<a href="/{{bad}}">', ':1:11: an address could run something, or lead to another site'],
    ['<a href="{{#if yes}}/{{/if}}{{bad}}">', ':1:29: an address could'],
    [`<a href="javascript:f('{{url site}}')">`, ':1:24: an address could'],
    [`<a href="{{#if yes}}javascript:f('{{/if}}{{url site}}">`, ':1:42: an address could'],
    ['<a href="java&#115;cript:f/{{bad}}">', ':1:28: an address could'],
    ['<animate attributeName="href" values="{{bad}}"/>', ':1:39: "values" of <animate> becomes the value of another'],
    ['<set attributeName="href" to="{{url bad}}"/>', ':1:31: "to" of <set> becomes the value of another'],
    ['<meta http-equiv="refresh" content="0;url={{url site}}">', ':1:43: no value may say what <meta http-equiv> does'],
    ['<meta name="x" http-equiv="refresh" content="{{evil}}">', ':1:46: no value may say what <meta http-equiv> does'],
    ['<meta content="{{evil}}" name="x">', ':1:16: write the name of <meta> before its content'],
    ['<!-- {{evil}} -->', ':1:6: a value could end the comment'],
    ['<![CDATA[{{evil}}]]>', ':1:10: inside CDATA'],
    ['<!--><script>{{number}}</script>', ':1:14: what is escaped is still code'],
    ['<!---><script>{{number}}</script>', ':1:15: what is escaped is still code'],
    ['<!-- a --!><script>{{number}}</script>', ':1:20: what is escaped is still code'],
    ['<svg:script>{{number}}</svg:script>', ':1:13: what is escaped is still code inside <svg:script>'],
    ['<xmp>{{number}}</xmp>', ':1:6: what is escaped is not read as escaped inside <xmp>'],
    ['<scr{{! c }}ipt>{{number}}</script>', ':1:13: a block or a template comment stands inside a name'],
    ['<scr{{#if yes}}ipt{{/if}}>', ':1:16: a block or a template comment stands inside a name'],
    ['<{{#if yes}}b{{/if}}>', ':1:13: a block or a template comment stands inside a name'],
    ['<p on{{! c }}click="{{number}}">', ':1:14: a block or a template comment stands inside a name'],
    ['<p title={{! c }}"><b title="{{evil}}">', ':1:18: a block or a template comment stands inside a name'],
    ['<!-{{! c }}-><script>', ':1:12: a block or a template comment stands inside a name'],
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

describe('a template without measure is stopped soon', () => {
  const render = (text: string, context: object): string => {
    try {
      return compileTemplate(text, 'a.hbs')(context);
    } catch (error) {
      return (error as Error).message;
    }
  };
  const deep = (count: number) => ({
    blocks: `\n${'{{#if a}}'.repeat(count)}${'{{/if}}'.repeat(count)}`,
    inverse: `\n${'{{^a}}'.repeat(count)}${'{{/a}}'.repeat(count)}`,
    chain: `\n{{#if a}}${'{{else if a}}'.repeat(Math.max(0, count - 1))}{{/if}}`,
    calls: `\n{{#if ${'(eq a '.repeat(count)}1${')'.repeat(count)}}}{{/if}}`,
  });

  test.each(Object.keys(deep(0)) as (keyof ReturnType<typeof deep>)[])('nested %s', (kind) => {
    expect(render(deep(20_000)[kind], { a: true })).toMatch(/^a\.hbs:2: the template nests more than 100 deep$/);
    expect(render(deep(101)[kind], { a: true })).toMatch(/ deep$/);
    expect(render(deep(100)[kind], { a: true })).toBe('\n');
  });

  test('what only looks nested is not', () => {
    const text = `${'('.repeat(300)}${'{{#if a}}{{/if}}'.repeat(300)}{{!-- ${'{{#if a}}'.repeat(300)} --}}${'{{#if a}}{{else}}{{/if}}'.repeat(300)}`;
    expect(render(text, { a: true })).toBe('('.repeat(300));
  });

  test('helpers that make too much, in what is not printed too', () => {
    const list = Array.from({ length: 1000 }, () => 'x'.repeat(1000));
    const told = /^a\.hbs:1:\d+: the helpers make more than 67108864 characters$/;
    expect(render(`{{eq 1 ${'(json '.repeat(30)}list${')'.repeat(30)}}}`, { list })).toMatch(told);
    expect(render('{{#each list}}{{#if (json ../list)}}{{/if}}{{/each}}', { list })).toMatch(told);
  });
});

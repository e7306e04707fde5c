const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold, not even escaped. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** An element; text is escaped, elements inside stand on lines of their own. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value), /[&<>"'\n\r\t]/g)}"`,
  );
  const open = `<${name}${pairs.join('')}`;
  if (typeof content === 'string') return `${open}>${escaped(content, /[&<>\r]/g)}</${name}>`;
  if (content.length === 0) return `${open}/>`;
  return `${open}>\n${content.join('\n')}\n</${name}>`;
}

function escaped(text: string, what: RegExp): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(what, (character) => NAMED[character] ?? character);
}

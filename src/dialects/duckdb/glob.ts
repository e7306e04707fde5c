/** Whether a text holds wildcards: `*`, `?`, `[…]`, `{…}`. */
export function hasGlob(text: string): boolean {
  return /[*?[{]/u.test(text);
}

/** A test for one segment of a path against `*`, `?`, `[abc]`, `[!a-z]` and `{csv,tsv}`. */
export function globSegment(segment: string): (name: string) => boolean {
  let source = '';
  let depth = 0;
  for (let i = 0; i < segment.length; i++) {
    const at = segment[i] ?? '';
    const end = at === '[' ? segment.indexOf(']', i + 2) : -1;
    if (at === '*') source += '.*';
    else if (at === '?') source += '.';
    else if (end > 0) {
      const body = segment.slice(i + 1, end).replace(/[\\[\]]/gu, '\\$&');
      source += `[${body.replace(/^!/u, '^')}]`;
      i = end;
    } else if (at === '{') {
      depth++;
      source += '(?:';
    } else if (at === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (at === ',' && depth > 0) source += '|';
    else source += at.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  }
  const pattern = new RegExp(`^${source}${')'.repeat(depth)}$`, 'su');
  return (name) => pattern.test(name);
}

/** Whether a text is the form of a date in a text file: `yyyy`, `MM` and `dd` (or `M`, `d`) once each, with marks between. */
export function isDateFormat(text: string): boolean {
  const parts = text.match(/[A-Za-z]+/g) ?? [];
  const kinds = parts.map((part) => (/^(yyyy|MM?|dd?)$/.test(part) ? part[0] : undefined));
  return parts.length > 1
    ? kinds.toSorted().join('') === 'Mdy' && !/\d/.test(text)
    : ['yyyyMMdd', 'ddMMyyyy', 'MMddyyyy'].includes(text);
}

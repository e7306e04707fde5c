/** A text as YAML writes it in quotes: double ones, or single ones where that saves escapes. */
export function quoteYaml(text: string): string {
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text)) return JSON.stringify(text);
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

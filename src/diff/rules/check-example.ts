/** A contract with the check `paid` on orders, for examples. */
export function withCheck(lines: readonly string[]): string {
  return [
    'tables:',
    '  orders:',
    '    columns:',
    '      amount: int64',
    '      status: string',
    '      country: string',
    ...(lines.length > 0 ? ['    checks:', '      paid:', ...lines.map((line) => `        ${line}`)] : []),
    '',
  ].join('\n');
}

/** A contract with one column on orders; `body` are the lines under its name. */
export function exampleColumn(name: string, ...body: readonly string[]): string {
  const lines = body.map((line) => `        ${line}\n`);
  return `tables:\n  orders:\n    columns:\n      ${name}:\n${lines.join('')}`;
}

import type { Reference } from '../../model/contract.ts';

/** A reference as one text for all ways to write it: `crm.accounts@1/accounts.account_id`. */
export function printReference({ contract, major, table, column }: Omit<Reference, 'text' | 'at'>): string {
  const name = (text: string) => (/^[^\s"/.]+$/.test(text) ? text : JSON.stringify(text));
  const where = contract === undefined ? '' : `${contract}${major === undefined ? '' : `@${major}`}/`;
  return `${where}${name(table)}${column === undefined ? '' : `.${column}`}`;
}

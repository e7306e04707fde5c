/** Whether every engine takes the name: MySQL has none with characters of four bytes, PostgreSQL none of more than 63 bytes. */
export function isPlainName(name: string): boolean {
  return /^\w{1,63}$/.test(name);
}

import type { Contract } from '../../model/contract.ts';
import type { World } from '../rules/rule.ts';

/** Whether `shop.orders` or `shop.orders@2` means a contract: without a major that id, else the newest active major. */
export function namesContract(
  text: string,
  { id, name, major }: Contract,
  { contracts }: Pick<World, 'contracts'>,
): boolean {
  const [wanted, wantedMajor] = text.split('@');
  if (wanted !== name) return false;
  if (wantedMajor !== undefined) return Number(wantedMajor) === major;
  const candidates = contracts.filter((each) => each.name === name);
  if (candidates.some((each) => each.id === name)) return id === name;
  const newestFirst = candidates.toSorted((left, right) => right.major - left.major);
  const meant = newestFirst.find(({ status }) => status === 'active') ?? newestFirst[0];
  return meant?.id === id;
}

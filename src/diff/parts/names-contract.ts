import type { Contract } from '../../model/contract.ts';
import { referencedContract } from '../../util/referenced.ts';

/** The contract that `shop.orders` or `shop.orders@2` means among others. */
export function contractNamed(text: string, contracts: readonly Contract[]): Contract | undefined {
  const [name = '', major] = text.split('@');
  return referencedContract(name, major === undefined ? undefined : Number(major), contracts);
}

/** Whether it means this one. */
export function namesContract(text: string, { id }: Contract, contracts: readonly Contract[]): boolean {
  return contractNamed(text, contracts)?.id === id;
}

import { createHmac, randomBytes } from 'node:crypto';
import type { Column } from '../model/contract.ts';
import type { Showing } from '../project/project.ts';

/** Masks values by their column's class; a hash is keyed, so that it cannot be guessed back (semantics §9). */
export function createMask(
  maskingOf: (classification: string) => Showing,
  key: string | undefined,
): (column: Column, text: string) => string {
  const secret = key === undefined || key === '' ? randomBytes(32) : Buffer.from(key, 'utf8');
  return (column, text) => {
    const name = column.classification?.text;
    if (name === undefined) return text;
    switch (maskingOf(name)) {
      case 'show':
        return text;
      case 'mask':
        return `‹${name}›`;
      case 'hash':
        return createHmac('sha256', secret).update(text).digest('hex').slice(0, 8);
    }
  };
}

import type { ServerAddress } from '../../dialects/server/address.ts';
import { placeText } from '../../dialects/server/connect.ts';
import type { WarehouseTarget } from '../../sql/dialect.ts';
import type { ServerTarget } from '../target.ts';

/** The store in the words of what reads addresses of warehouses; messages call it by this name. */
export function warehouseOf({ url }: ServerTarget): WarehouseTarget {
  return { name: 'store', url, schemas: new Map(), concurrency: 1, timeout: 60_000, allowPrivileged: false };
}

/** For people: `postgres db.example.com:5432/surety as ann`. */
export function placeOf(type: string, address: ServerAddress): string {
  const { database = '', user } = address;
  return `${type} ${placeText(address)}/${database}${user === undefined ? '' : ` as ${user}`}`;
}

import type { Change } from '../model/change.ts';
import type { Contract } from '../model/contract.ts';
import type { BrokenReader } from '../model/gate.ts';
import { namesContract } from './parts/names-contract.ts';

/** A registered reader and what it uses, by names of the version that says so; no uses: everything. */
export interface RegisteredReader extends BrokenReader {
  readonly uses: readonly string[];
}

/** One side of a contract with the contracts around it. */
interface Version {
  readonly contract: Contract | undefined;
  readonly contracts: readonly Contract[];
}

/**
 * Everybody who said to read a contract: its consumers, and the contracts whose `upstream` names it. Those of the old version count too: who
 * is struck off the list in the same change still reads.
 */
export function registeredReaders(versions: readonly Version[]): readonly RegisteredReader[] {
  const readers: RegisteredReader[] = [];
  for (const { contract, contracts } of versions) {
    if (!contract) continue;
    for (const { name, party, uses } of contract.consumers) {
      readers.push({ name, party: party.text, uses: uses.map(({ text }) => text) });
    }
    for (const downstream of contracts.filter(({ id }) => id !== contract.id)) {
      for (const { contract: named, columns } of downstream.upstream) {
        if (!namesContract(named, contract, contracts)) continue;
        const uses = columns === 'all' ? [] : columns.map(({ text }) => text);
        readers.push({ name: downstream.id, party: downstream.raci?.accountable?.text ?? null, uses });
      }
    }
  }
  return readers;
}

/** Those of the readers that a change reaches, once each. */
export function reached(change: Change, readers: readonly RegisteredReader[]): readonly BrokenReader[] {
  const { touches, readers: only } = change;
  const isReached = ({ name, uses }: RegisteredReader) =>
    (only?.includes(name) ?? true) && (uses.length === 0 || uses.some((use) => reads(use, touches)));
  // The first to name a reader is the old version: its party is the one that was registered.
  const found = new Map<string, BrokenReader>();
  for (const { name, party } of readers.filter(isReached)) if (!found.has(name)) found.set(name, { name, party });
  return [...found.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** A use is a table, or a column or member of one; whoever reads a struct reads its members, and the other way round. */
function reads(use: string, { tables, columns }: Change['touches']): boolean {
  if (tables.length === 0) return true;
  return tables.some((table) => {
    if (use === table) return true;
    if (!use.startsWith(`${table}.`)) return false;
    const column = use.slice(table.length + 1);
    return columns.length === 0 || columns.some((each) => isInside(column, each) || isInside(each, column));
  });
}

function isInside(name: string, outer: string): boolean {
  return name === outer || (name.startsWith(outer) && /^(?:\.|\[\]|\{\})/.test(name.slice(outer.length)));
}

import type { ContractResult } from '../../src/model/run.ts';
import { linkAddress } from '../../src/template/escape.ts';
import { SENTENCE, shown } from '../gate-words.ts';
import { listed } from '../plural.ts';
import { checksIn, SIGN, tally } from '../run-words.ts';
import { worstOfFirst } from '../worst-first.ts';
import { partyView, raciView } from './people-view.ts';
import { wordsOf } from './prose.ts';
import { tableView, type Whole } from './table-view.ts';

/** Browsers follow no longer ones. */
const LONGEST_ADDRESS = 2000;
/** Names that a list of uses shows. */
const MOST = 20;

/** A contract with its tables, worst first. */
export function contractView(
  contract: ContractResult,
  anchorOf: (prefix: string, name: string) => string,
  anchor: string,
  whole: Whole,
) {
  const { run } = whole;
  const { verdict, tables, upstream, consumers, links } = contract;
  return {
    anchor,
    name: shown(contract.contract),
    version: shown(contract.version),
    title: contract.title === null ? null : wordsOf(contract.title, SENTENCE),
    status: contract.status,
    isActive: contract.status === 'active',
    sunset: contract.sunset === null ? null : shown(contract.sunset),
    domain: contract.domain === null ? null : shown(contract.domain),
    description: contract.description,
    file: shown(contract.file),
    verdict,
    sign: SIGN[verdict],
    counts: tally(checksIn(contract)) || 'no checks',
    tableCount: tables.length,
    owner: contract.raci?.accountable ? shown(contract.raci.accountable) : '',
    owners: shown([contract.raci?.responsible ?? [], contract.raci?.accountable ?? []].flat().join(' ')),
    raci: raciView(contract.raci, run),
    links: Object.entries(links).map(([name, text]) => ({
      name: shown(name),
      text: shown(text),
      address: (text.length <= LONGEST_ADDRESS && linkAddress(text)) || null,
    })),
    upstream: upstream.map(({ contract: name, columns }) => ({
      name: shown(name),
      columns: columns === null ? 'all columns' : named(columns),
    })),
    consumers: consumers.map(({ name, party, uses, description }) => ({
      name: shown(name),
      party: partyView(party, run),
      uses: named(uses),
      description: description === null ? null : shown(description, SENTENCE),
    })),
    tables: worstOfFirst(tables, ({ checks }) => checks).map((table) =>
      tableView(table, anchorOf('t', `${contract.contract}-${table.table}`), whole),
    ),
  };
}

function named(names: readonly string[]): string {
  return listed(
    names.map((name) => shown(name)),
    MOST,
  );
}

import type { ContractInput, GeneratorInput, PartyInput } from '../../generators/generator.ts';
import { contentHash } from '../../generators/hash.ts';
import type { Loaded } from '../contract/load.ts';
import { checksOf } from '../engine/select.ts';
import type { Contract } from '../model/contract.ts';
import type { Party, Project } from '../project/project.ts';
import { originOf } from './table-origin.ts';

/** What generators get to know of a loaded project; what is retired is not generated from. */
export function generatorInput({ contracts, project }: Loaded): GeneratorInput {
  const all = contracts
    .map(({ contract, selected }) => ({ selected, input: contractInput(contract, project) }))
    .sort((one, other) => (one.input.contract.id < other.input.contract.id ? -1 : 1));
  return {
    contracts: all
      .filter(({ selected, input }) => selected && input.contract.status !== 'retired')
      .map(({ input }) => input),
    known: all.map(({ input }) => input),
    parties: new Map([...(project.parties?.values() ?? [])].map((party) => [party.name, partyInput(party)])),
  };
}

function contractInput(contract: Contract, project: Project): ContractInput {
  return {
    contract,
    hash: contentHash(contract),
    originOf: (table) => originOf(contract, table, project),
    checksOf: (table) => checksOf(table, contract).map(({ path }) => path),
  };
}

/** Only what stands there in plain text: an address that is substituted may be a secret. */
function partyInput({ title, addresses }: Party): PartyInput {
  const address = (channel: string): string | undefined => {
    const [first] = addresses.get(channel) ?? [];
    const revealed = first?.text.isPlain === true ? first.text.reveal() : undefined;
    return revealed && 'text' in revealed ? revealed.text : undefined;
  };
  const slack = address('slack');
  const email = address('email');
  return {
    ...(title !== undefined && { title }),
    ...(slack !== undefined && { slack: slack.startsWith('#') ? slack : `#${slack}` }),
    ...(email !== undefined && { email }),
  };
}

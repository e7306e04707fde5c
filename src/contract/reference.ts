/** The parts of `[contract[@major]/]table[.column]`; names that hold dots, slashes or blanks stand in double quotes. */
export interface ReferenceParts {
  readonly contract?: string;
  readonly major?: number;
  readonly table: string;
  readonly column?: string;
}

const CONTRACT = /^([a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*)(?:@(\d+))?$/i;

/** Reads `customers.customer_id`, `crm.accounts@1/accounts.account_id`; undefined where the text is no reference. */
export function parseReference(text: string): ReferenceParts | undefined {
  const slash = outsideQuotes(text, '/');
  const contract = slash < 0 ? undefined : CONTRACT.exec(text.slice(0, slash));
  if (contract === null) return undefined;
  const rest = text.slice(slash + 1);
  const dot = outsideQuotes(rest, '.');
  const table = unquote(dot < 0 ? rest : rest.slice(0, dot));
  const column = dot < 0 ? undefined : columnName(rest.slice(dot + 1));
  if (table === undefined || (dot >= 0 && column === undefined)) return undefined;
  return {
    ...(contract?.[1] !== undefined && { contract: contract[1] }),
    ...(contract?.[2] !== undefined && { major: Number(contract[2]) }),
    table,
    ...(column !== undefined && { column }),
  };
}

function columnName(text: string): string | undefined {
  return text.startsWith('"') ? unquote(text) : text.trim() === text && text !== '' ? text : undefined;
}

function unquote(text: string): string | undefined {
  if (text.startsWith('"')) {
    return /^"(?:[^"]|"")+"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : undefined;
  }
  return /^[^\s"/.]+$/.test(text) ? text : undefined;
}

function outsideQuotes(text: string, mark: string): number {
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === mark && !quoted) return index;
  }
  return -1;
}

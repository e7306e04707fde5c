import { GenerateError, type GeneratorOption, type GeneratorOptions } from '../generator.ts';

export interface TypeScriptOptions {
  /** Instants as canonical text, or as `Date`, which has milliseconds only. */
  readonly instants: 'text' | 'date';
  /** Whether decimals, times and currencies are types of their own instead of plain texts and numbers. */
  readonly brands: boolean;
}

/** For the registry. */
export const TYPESCRIPT_OPTIONS: readonly GeneratorOption[] = [
  { flags: '--instants <form>', description: 'text, or date: a Date, which loses microseconds (default: text)' },
  { flags: '--no-brands', description: 'plain strings and numbers for decimals, times and currencies' },
];

/** Throws `GenerateError` where a value is none of those that are allowed. */
export function readOptions({ instants = 'text', brands = true }: GeneratorOptions): TypeScriptOptions {
  if (instants !== 'text' && instants !== 'date') {
    throw new GenerateError(`--instants is "${String(instants)}", expected text or date`);
  }
  return { instants, brands: brands !== false };
}

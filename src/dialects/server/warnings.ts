import type { ConnectionFacts } from '../../sql/dialect.ts';

/** A clock that is further off makes freshness wrong (semantics §8), in milliseconds. */
const FURTHEST = 60_000;

export function clockWarning({ clockOffset = 0 }: ConnectionFacts): readonly string[] {
  if (Math.abs(clockOffset) <= FURTHEST) return [];
  const seconds = Math.round(Math.abs(clockOffset) / 1000);
  return [
    `its clock is ${seconds} s ${clockOffset > 0 ? 'ahead of' : 'behind'} the one of this machine, which ages are measured by`,
  ];
}

/** `name` is the warehouse's. */
export function privilegeWarning(role: string, dangerous: string | undefined, name: string): readonly string[] {
  if (dangerous === undefined) return [];
  return [
    `the role "${role}" could ${dangerous}; one that can only read is enough: surety connect ${name} prints how to create it`,
  ];
}

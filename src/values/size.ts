import type { LogicalType } from '../model/logical-type.ts';

/** Whether a canonical decimal has more digits than its type declares: the end of a sentence about it. Undefined where any size will do. */
export function sizeProblem(type: LogicalType): ((value: unknown) => string | undefined) | undefined {
  if (type.name !== 'decimal' || type.precision === undefined) return undefined;
  const { precision, scale = 0 } = type;
  const whole = precision === scale ? '0' : `\\d{1,${precision - scale}}`;
  const form = new RegExp(`^-?${whole}${scale === 0 ? '' : `(?:\\.\\d{1,${scale}})?`}$`);
  return (value) => (form.test(String(value)) ? undefined : `does not fit decimal(${precision},${scale})`);
}

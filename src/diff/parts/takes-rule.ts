import type { ValueRules } from '../../model/contract.ts';
import type { LogicalType } from '../../model/logical-type.ts';

const ORDERED: readonly LogicalType['name'][] = [
  ...(['integer', 'decimal', 'float'] as const),
  ...(['date', 'time', 'timestamp', 'instant'] as const),
];

/** Whether values of the type can have such a rule at all: where they cannot, the rule comes and goes with the type. */
export function takesRule({ name }: LogicalType, rule: keyof ValueRules): boolean {
  switch (rule) {
    case 'pattern':
    case 'minLength':
    case 'maxLength':
      return name === 'string';
    case 'format':
      return name === 'string' || name === 'date';
    case 'enum':
      return !['struct', 'array', 'map', 'json', 'bytes', 'native'].includes(name);
    default:
      return ORDERED.includes(name);
  }
}

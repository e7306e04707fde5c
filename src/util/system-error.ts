import { getSystemErrorMap } from 'node:util';

/** What the system says of a failed call, in words and without the path: `permission denied`. */
export function systemMessage({ errno, message }: NodeJS.ErrnoException): string {
  return (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message;
}

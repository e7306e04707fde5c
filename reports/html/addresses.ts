const MAILBOX = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** The address of a link that opens a mail to one mailbox, or none. */
export function mailAddress(text: string): string | null {
  return MAILBOX.test(text) ? `mailto:${encodeURIComponent(text).replace('%40', '@')}` : null;
}

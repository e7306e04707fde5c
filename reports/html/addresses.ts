const WEB = /^https?:\/\/[^\s"'<>\\]+$/i;
const MAILBOX = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** The address of a link: of a page in the web, or none. What a browser would run (`javascript:`, `data:`) is no address. */
export function webAddress(text: string): string | null {
  if (!WEB.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}

/** The address of a link that opens a mail, or none. */
export function mailAddress(text: string): string | null {
  return MAILBOX.test(text) ? `mailto:${encodeURIComponent(text).replace('%40', '@')}` : null;
}

/** What begins a piece of Jinja. */
const OPENING = /\{(?=[{%#])/g;
/** Arguments of tests that dbt reads as calls though they stand in no braces. */
const CALL = /^(\s*)(env_var|ref|var|source|doc)(?=\s*\()/;

/** A text that dbt renders to itself: nothing in it is Jinja. */
export function inert(text: string): string {
  return text.replace(OPENING, "{{ '{' }}").replace(CALL, "$1{{ '$2' }}");
}

/** Whether dbt can put the text into a call of its own: it escapes double quotes there, and no backslash before them. */
export function isCallable(text: string): boolean {
  return !text.includes('\\') && text === inert(text);
}

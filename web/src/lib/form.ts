/** A field of a submitted form as text, trimmed; a missing one and a file are empty. */
export function textOf(form: FormData, name: string): string {
  return passwordOf(form, name).trim();
}

/** A password as it was typed: a space at its end is part of it. */
export function passwordOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

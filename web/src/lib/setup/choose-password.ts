/** The form by which somebody with a link chooses a user name and a password. */
import { passwordOf, textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';

export type ChosenErrors = { name?: string; username?: string; password?: string; repeated?: string };
export type Chosen = { name: string; username: string; password: string };

/** What is missing or differs; what a user name and a password must be, the API knows. */
export function chosenOf(form: FormData): { chosen: Chosen; errors: ChosenErrors } {
  const chosen = {
    name: textOf(form, 'name'),
    username: textOf(form, 'username'),
    password: passwordOf(form, 'password'),
  };
  const errors: ChosenErrors = {
    ...(chosen.username === '' ? { username: m.join_missing() } : {}),
    ...(chosen.password === '' ? { password: m.join_missing() } : {}),
    ...(chosen.password === passwordOf(form, 'repeated') ? {} : { repeated: m.password_repeated_differs() }),
  };
  return { chosen, errors };
}

import { m } from '$lib/paraglide/messages.js';
import { fenOf, plainNumber } from '$lib/yuan.ts';
import { microOf, shareOf } from './rule-numbers.ts';

/** The fields of the form by name, as they are typed. */
export type Values = Record<string, string>;
export type Errors = Record<string, string>;

export const roundings = ['down', 'half-up', 'up', 'half-even'] as const;

export const ticks = (name: string, ticked: readonly string[]): Values =>
  Object.fromEntries(ticked.map((value) => [`${name}.${value}`, 'yes']));

/** Reads a rule's fields; what is wrong with one stands beside it, in `errors`. */
export class Reader {
  readonly errors: Errors = {};
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  text(name: string): string {
    return (this.#values[name] ?? '').trim();
  }

  whole(name: string, least: number, most: number): number {
    const text = plainNumber(this.text(name));
    const value = Number(text);
    if (/^\d{1,12}$/.test(text) && value >= least && value <= most) return value;
    this.errors[name] = m.rules_wrong_whole({ least, most });
    return least;
  }

  optional(name: string, least: number, most: number): number | undefined {
    return this.text(name) === '' ? undefined : this.whole(name, least, most);
  }

  factor(name: string): string {
    const text = plainNumber(this.text(name));
    if (/^(?:0|[1-9]\d?)(?:\.\d{1,4})?$/.test(text)) return text;
    this.errors[name] = m.rules_wrong_factor();
    return '1';
  }

  share(name: string): string {
    const share = shareOf(plainNumber(this.text(name)).replace(/%$/, ''));
    if (share === undefined) this.errors[name] = m.rules_wrong_percent();
    return share ?? '1';
  }

  yuan(name: string): number {
    const fen = fenOf(plainNumber(this.text(name)));
    if (fen === undefined || fen < 1 || fen > 100_000_000) this.errors[name] = m.rules_wrong_yuan();
    return fen ?? 1;
  }

  /** Micro-yuan a point by unit, of the fields that begin so; none where nothing is filled in. */
  worth(prefix: string): Record<string, number> {
    const found: Record<string, number> = {};
    for (const unit of this.namesAfter(prefix)) {
      const text = plainNumber(this.text(`${prefix}${unit}`));
      if (text === '') continue;
      const micro = microOf(text);
      if (micro === undefined) this.errors[`${prefix}${unit}`] = m.rules_wrong_worth();
      else found[unit] = micro;
    }
    return found;
  }

  /** A day, or nothing. */
  day(name: string): string | undefined {
    const text = this.text(name);
    if (text === '') return undefined;
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
      this.errors[name] = m.rules_wrong_day();
    return text;
  }

  ticked<const Value extends string>(name: string, among: readonly Value[]): Value[] {
    const found = among.filter((value) => this.text(`${name}.${value}`) !== '');
    if (found.length === 0) this.errors[name] = m.rules_wrong_none();
    return found;
  }

  one<const Value extends string>(name: string, among: readonly [Value, ...Value[]]): Value {
    const text = this.text(name);
    return among.find((value) => value === text) ?? among[0];
  }

  /** By its code; the API knows which there are. */
  unit(usual: string): string {
    const code = this.text('unit');
    return /^[A-Z][A-Z0-9]{1,11}$/.test(code) ? code : usual;
  }

  /** What stands behind a prefix in the names of the fields. */
  namesAfter(prefix: string): string[] {
    return Object.keys(this.#values)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  }

  lines(name: string): string[] {
    return this.text(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
}

/** The two languages a person may read Linli in; Chinese first, because residents are. */
export type Language = 'zh' | 'en';

/** One text in both languages. Problems carry both, so that a page in either can show them. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The cookie that the web's language switch sets. */
const LANGUAGE_COOKIE = /(?:^|;\s*)PARAGLIDE_LOCALE=(zh|en)/;

/**
 * The reader's language: their own choice (cookie) before their browser's (Accept-Language), else Chinese.
 * Of an Accept-Language list the highest q among zh and en wins; the first of equals.
 */
export function languageOf(headers: { get(name: string): string | null }): Language {
  const chosen = LANGUAGE_COOKIE.exec(headers.get('cookie') ?? '')?.[1];
  if (chosen === 'zh' || chosen === 'en') return chosen;
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (headers.get('accept-language') ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : undefined;
    const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((found) => found !== undefined);
    const weight = q === undefined ? 1 : Number(q);
    if (language !== undefined && weight > best.weight) best = { language, weight };
  }
  return best.language;
}

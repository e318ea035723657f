/** How this reader wants the pages: kept in three plain cookies, so that the first byte of HTML is already right. */
export const themes = ['system', 'light', 'dark'] as const;
export const modes = ['standard', 'elder'] as const;
/** Text sizes of 长辈版, in px (适老化: from 18 to 30). */
export const textSteps = [18, 20, 22, 24, 27, 30] as const;

export type Theme = (typeof themes)[number];
export type Mode = (typeof modes)[number];
export type TextStep = (typeof textSteps)[number];
export type Display = { theme: Theme; mode: Mode; text: TextStep };

export const defaultDisplay: Display = { theme: 'system', mode: 'standard', text: 20 };
export const displayCookies = { theme: 'linli-theme', mode: 'linli-mode', text: 'linli-text' } as const;

/** A display from untrusted words; each one that is not known falls back. */
export function parseDisplay(words: { [Key in keyof Display]?: string | undefined }): Display {
  return {
    theme: themes.find((theme) => theme === words.theme) ?? defaultDisplay.theme,
    mode: modes.find((mode) => mode === words.mode) ?? defaultDisplay.mode,
    text: textSteps.find((step) => String(step) === words.text) ?? defaultDisplay.text,
  };
}

/** The attributes of `<html>` that tokens.css reads. */
export function displayAttributes(display: Display): string {
  return `data-theme="${display.theme}" data-mode="${display.mode}" data-text="${display.text}"`;
}

/** One step larger (+1) or smaller (−1); stays at the ends. */
export function nextTextStep(step: TextStep, by: 1 | -1): TextStep {
  return textSteps[textSteps.indexOf(step) + by] ?? step;
}

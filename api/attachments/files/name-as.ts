/** What a file is called by what it is: a PDF that came as `更正单.html` would be saved, and opened, as a page. Pure. */
import type { FileType } from './clean-file.ts';

/** The first of each is put where none of them stands. */
const ENDINGS: Record<FileType, readonly [string, ...string[]]> = {
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
};
/** UTF-16 units of a name. */
const MOST = 200;
/** What looks like an ending: a few Latin letters or digits. `2026.12` and `1.5倍` are no endings. */
const ENDING = /\.(?=[^.]*[a-z])[a-z0-9]{1,8}$/i;

export function endingOf(type: FileType): string {
  return ENDINGS[type][0];
}

/** The name with an ending of its type: another's is replaced. */
export function nameAs(name: string, type: FileType): string {
  const is = name.toLowerCase();
  if (ENDINGS[type].some((ending) => is.length > ending.length && is.endsWith(ending))) return name;
  const ending = endingOf(type);
  const stem = name
    .replace(ENDING, '')
    .slice(0, MOST - ending.length)
    .toWellFormed();
  return `${stem === '' ? 'file' : stem}${ending}`;
}

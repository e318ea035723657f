/** One `Set-Cookie` line, as much of it as a session needs. */
export type GivenCookie = {
  name: string;
  value: string;
  path: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'lax' | 'strict' | 'none';
  maxAge?: number;
  expires?: Date;
};

/**
 * Reads a `Set-Cookie` line that the API answered in-process, so that a page's answer can pass it on.
 * The value stays as it was encoded. Undefined when the line names no cookie.
 */
export function parseSetCookie(line: string): GivenCookie | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const cut = pair.indexOf('=');
  if (cut < 1) return undefined;
  const cookie: GivenCookie = {
    name: pair.slice(0, cut).trim(),
    value: pair.slice(cut + 1).trim(),
    path: '/',
    httpOnly: false,
    secure: false,
    sameSite: 'lax',
  };
  for (const attribute of attributes) {
    const [key = '', ...rest] = attribute.split('=');
    const value = rest.join('=').trim();
    switch (key.trim().toLowerCase()) {
      case 'path':
        cookie.path = value;
        break;
      case 'httponly':
        cookie.httpOnly = true;
        break;
      case 'secure':
        cookie.secure = true;
        break;
      case 'max-age':
        cookie.maxAge = Number(value);
        break;
      case 'expires':
        cookie.expires = new Date(value);
        break;
      case 'samesite': {
        const site = value.toLowerCase();
        if (site === 'strict' || site === 'none') cookie.sameSite = site;
      }
    }
  }
  return cookie;
}

/**
 * Passwords that everybody tries first: one character again and again, runs along the alphabet, the digits or a row of
 * keys, a short piece repeated, words that stand on every list, a phone number, which whoever knows them tries next, and
 * the user name itself.
 */
const ROWS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const WORDS = [
  ...['password', 'passw0rd', 'passwort', 'qwerty', 'iloveyou', 'welcome', 'letmein', 'admin', 'linli'],
  ...['woaini', 'mima', '5201314', '1q2w3e4r', '1qaz2wsx', 'zaq12wsx', 'a1b2c3d4', 'abc123', 'qq123456'],
];
/** What people put behind a word to make it longer. */
const TAIL = /[\d!@#$%^&*._-]*$/;
const WHOLE_TAIL = /^[\d!@#$%^&*._-]*$/;
const LONGEST_PIECE = 4;
const MOBILE = /^(\+?86)?1[3-9]\d{9}$/;

export const COMMON_WORDS = {
  zh: '这个密码太常见，一猜就中，请换一个，比如两三个词加一个年份',
  en: 'Everybody tries this one first; choose another, such as two or three words and a year',
};

export function isCommonPassword(password: string, username = ''): boolean {
  const plain = password.toLowerCase();
  const bare = plain.replace(TAIL, '');
  return (
    isRun(plain) ||
    isPieceRepeated(plain) ||
    MOBILE.test(plain) ||
    WORDS.some((word) => plain === word || bare === word) ||
    isNameAndTail(plain, username.toLowerCase())
  );
}

/** A name may end in digits itself: zhang58 with 1958 behind it. */
function isNameAndTail(plain: string, name: string): boolean {
  return name !== '' && plain.startsWith(name) && WHOLE_TAIL.test(plain.slice(name.length));
}

/** Along a row, forwards or backwards, from anywhere and over its end. */
function isRun(text: string): boolean {
  return ROWS.some((row) => {
    const twice = row + row;
    return twice.includes(text) || [...twice].reverse().join('').includes(text);
  });
}

function isPieceRepeated(text: string): boolean {
  for (let length = 1; length <= LONGEST_PIECE; length++) {
    if (text.length <= length) return false;
    const piece = text.slice(0, length);
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return true;
  }
  return false;
}

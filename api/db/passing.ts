/** What a database says when it has no room or was not reached: asked again a moment later it may work. */

/**
 * Lost connections, a full server or pool, time-outs, locks and conflicts pass; a broken constraint does not. What an
 * error was caused by counts as well, since Drizzle wraps what the driver says.
 */
export function isPassing(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (PASSING_CODE.test(code) || PASSING_WORDS.test(cause.message)) return true;
  }
  return false;
}

/** Classes of PostgreSQL's codes (57014: a statement that took too long), and codes of Node and of SQLite. */
const PASSING_CODE = /^(08|57P|57014|40|53|55P|25P|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|SQLITE_BUSY)/;
/** What the driver says without a code. */
const PASSING_WORDS = /Connection terminated|connection timeout|trying to connect|not queryable/i;

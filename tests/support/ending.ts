const ends: (() => unknown)[] = [];

/** What a test file opened ends with it. */
export function endWithFile(end: () => unknown): void {
  ends.push(end);
}

/** The last opened first, so that journals end before their databases close. */
export async function endAll(): Promise<void> {
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
}

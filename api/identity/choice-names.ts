/**
 * Protects: of those who share a phone each is told apart by no more than is needed, and only to whoever has shown the
 * code that came to it.
 */

/** 王秀兰 as 王*兰, 王兰 as *兰; two that would read alike without their surname, and two of one name with their place. */
export function choiceNames(people: readonly { name: string; place: string }[]): string[] {
  const counts = (labels: readonly string[]) => (label: string) =>
    labels.filter((other) => other === label).length;
  const middles = people.map(({ name }) => withoutMiddle(name));
  const givens = people.map(({ name }) => `*${Array.from(name).slice(1).join('')}`);
  const [middlesAlike, givensAlike] = [counts(middles), counts(givens)];
  return people.map(({ place }, at) => {
    const [middle = '', given = ''] = [middles[at], givens[at]];
    if (middlesAlike(middle) === 1) return middle;
    return givensAlike(given) === 1 || place === '' ? given : `${given} · ${place}`;
  });
}

function withoutMiddle(name: string): string {
  const [first = '', ...rest] = Array.from(name.trim());
  const last = rest.at(-1) ?? '';
  return rest.length < 2 ? `*${last}` : `${first}*${last}`;
}

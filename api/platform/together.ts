/**
 * Look-ups of many requests in one query. What is asked for while the same moment's requests are still being read goes
 * together; each query begins after its questions came, so no answer is older than its question, and nothing is kept.
 */
type Wave<Value> = { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, Value>> };

/** More keys than these are asked for in a second query. */
const MOST_KEYS = 500;

/** `ask` answers for many keys of one source (an engine); a key that has nothing is left out of its answer. */
export function together<Source extends object, Value>(
  ask: (source: Source, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (source: Source, key: string) => Promise<Value | undefined> {
  const gathering = new WeakMap<Source, Wave<Value>>();

  function begin(source: Source): Wave<Value> {
    const keys = new Set<string>();
    const found = new Promise((gathered) => setImmediate(gathered)).then(() => {
      if (gathering.get(source)?.keys === keys) gathering.delete(source);
      return ask(source, [...keys]);
    });
    const wave = { keys, found };
    gathering.set(source, wave);
    return wave;
  }

  return async (source, key) => {
    let wave = gathering.get(source);
    if (!wave || wave.keys.size >= MOST_KEYS) wave = begin(source);
    wave.keys.add(key);
    return (await wave.found).get(key);
  };
}

/**
 * Remembers what was found for a few seconds, and lets those who ask meanwhile wait for the same
 * answer. For what a crowd of rows has in common; nothing that decides a race may come from here.
 */
export function cachedFor<A extends readonly string[], R>(
  find: (...words: A) => Promise<R>,
  seconds: number,
  now: () => number = Date.now,
): (...words: A) => Promise<R> {
  const found = new Map<string, { readonly until: number; readonly answer: Promise<R> }>();
  return (...words) => {
    const key = words.join(" ");
    const kept = found.get(key);
    if (kept !== undefined && kept.until > now()) return kept.answer;
    if (found.size > 100) found.clear();
    const answer = find(...words);
    found.set(key, { until: now() + seconds * 1000, answer });
    // A failure is not cached: it is the answer of those alone who wait for it.
    answer.catch(() => found.delete(key));
    return answer;
  };
}

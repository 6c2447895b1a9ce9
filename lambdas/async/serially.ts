/** Runs what it is given one after the other, whatever becomes of those before. */
export function serially(): <R>(run: () => Promise<R>) => Promise<R> {
  let before: Promise<unknown> = Promise.resolve();
  return (run) => {
    const own = before.then(run, run);
    before = own;
    return own;
  };
}

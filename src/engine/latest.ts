/** What became of a request: it ran, or a newer one took its place before it began. */
export type Latest<R> = { readonly done: true; readonly value: R } | { readonly done: false };

/**
 * One call in flight, the newest kept, the rest dropped.
 *
 * While a call runs, a newer argument replaces the one that waits; whoever waited is told `done: false`. An error
 * reaches the caller of the run that failed and does not stop the ones after it.
 */
export function latest<A, R>(run: (argument: A) => Promise<R>): (argument: A) => Promise<Latest<R>> {
  interface Waiting {
    readonly argument: A;
    readonly resolve: (outcome: Latest<R>) => void;
    readonly reject: (error: unknown) => void;
  }
  let busy = false;
  let waiting: Waiting | null = null;

  async function drain(first: Waiting): Promise<void> {
    busy = true;
    let next: Waiting | null = first;
    while (next) {
      const current: Waiting = next;
      try {
        current.resolve({ done: true, value: await run(current.argument) });
      } catch (error) {
        current.reject(error);
      }
      next = waiting;
      waiting = null;
    }
    busy = false;
  }

  return (argument) =>
    new Promise((resolve, reject) => {
      const request: Waiting = { argument, resolve, reject };
      if (!busy) {
        void drain(request);
      } else {
        waiting?.resolve({ done: false });
        waiting = request;
      }
    });
}

/* A value that parts of the page watch. */
import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  now(): T;
  put(value: T): void;
  watch(seen: (value: T) => void): () => void;
}

export function makeStore<T>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<(value: T) => void>();

  return {
    now: () => value,
    put(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const seen of [...watchers]) seen(next);
    },
    watch(seen) {
      watchers.add(seen);
      return () => void watchers.delete(seen);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.now);

  useEffect(() => {
    setValue(() => store.now());
    return store.watch((next) => setValue(() => next));
  }, [store]);
  return value;
}

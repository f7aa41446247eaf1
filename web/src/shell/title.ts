/* What the browser calls the page, once the view knows better than its route. */
import { useEffect } from "preact/hooks";

export function useTitle(words: string): void {
  useEffect(() => { document.title = `${words} · attest`; }, [words]);
}

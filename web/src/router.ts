/*
 * The address bar holds the whole state of the page: a path and a query.
 * Plain links (<a href>) move within the page; nothing is loaded anew.
 */
import { makeStore, useStore } from "./store";

export interface Address {
  path: string;
  query: URLSearchParams;
  text: string; /* both, as they stand in the bar */
}

type Values = Record<string, string | number | readonly string[] | null | undefined>;

function addressNow(): Address {
  const { pathname, search } = window.location;
  return { path: pathname, query: new URLSearchParams(search), text: pathname + search };
}

const address = makeStore(addressNow());

export const useAddress = (): Address => useStore(address);

export function go(to: string, how: { replace?: boolean; keepScroll?: boolean } = {}): void {
  if (to !== address.now().text) {
    keepPlace();
    history[how.replace ? "replaceState" : "pushState"](how.replace ? history.state : null, "", to);
  }
  address.put(addressNow());
  if (!how.replace && !how.keepScroll) window.scrollTo(0, 0);
}

/* An address of this page: link("/search", {act: ["liberty"], since: null}). */
export function link(path: string, values: Values = {}): string {
  return withValues(path, new URLSearchParams(), values);
}

/* The address `at` with some values changed; null takes one away. */
export function changed(at: Address, values: Values): string {
  return withValues(at.path, at.query, values);
}

function withValues(path: string, query: URLSearchParams, values: Values): string {
  const next = new URLSearchParams(query);

  for (const [name, value] of Object.entries(values)) {
    next.delete(name);
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) next.append(name, String(one));
  }
  const words = next.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return words ? `${path}?${words}` : path;
}

/* Follow plain clicks on links of this page, and the browser's own buttons. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const anchor = (event.target as Element | null)?.closest?.("a[href]");

    if (!(anchor instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    if (anchor.origin !== window.location.origin || anchor.target || anchor.hasAttribute("download"))
      return;
    if (anchor.pathname.startsWith("/api/") || anchor.getAttribute("href")!.startsWith("#")) return;
    event.preventDefault();
    go(anchor.pathname + anchor.search);
  });
  window.addEventListener("popstate", () => {
    address.put(addressNow());
    backToPlace(Number(history.state?.y ?? 0));
  });
  history.scrollRestoration = "manual";
  let soon = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(soon);
    soon = window.setTimeout(keepPlace, 200);
  }, { passive: true });
}

/* How far down the page was, for when one comes back to it. */
function keepPlace(): void {
  history.replaceState({ y: window.scrollY }, "");
}

/* The view may need a moment until it is as long as it was. */
function backToPlace(y: number): void {
  const { text } = address.now();
  const until = performance.now() + 2000;

  const scroll = () => {
    if (address.now().text !== text || performance.now() > until) return;
    if (document.documentElement.scrollHeight >= y + window.innerHeight) window.scrollTo(0, y);
    else requestAnimationFrame(scroll);
  };
  requestAnimationFrame(scroll);
}

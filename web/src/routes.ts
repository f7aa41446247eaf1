/* Which view shows an address.  Each is a chunk of its own, loaded when asked. */
import type { ComponentType } from "preact";

export interface ViewProps { id: string } /* what stands after the last slash */
type View = ComponentType<ViewProps>;
type Loader = () => Promise<{ default: ComponentType<any> }>;

interface Route { at: RegExp; title: string; load: Loader }

const ROUTES: Route[] = [
  { at: /^\/$/, title: "Overview", load: () => import("./views/overview") },
  { at: /^\/documents$/, title: "Documents", load: () => import("./views/documents") },
  { at: /^\/documents\/([^/]+)$/, title: "Reading", load: () => import("./views/reading") },
  { at: /^\/review$/, title: "Review", load: () => import("./views/review") },
  { at: /^\/agreement$/, title: "Agreement", load: () => import("./views/agreement") },
  { at: /^\/claims\/([^/]+)$/, title: "Claim", load: () => import("./views/history") },
  { at: /^\/people$/, title: "People, groups, places", load: () => import("./views/people") },
  { at: /^\/people\/([^/]+)$/, title: "Party", load: () => import("./views/party") },
  { at: /^\/proposals$/, title: "Perhaps the same", load: () => import("./views/proposals") },
  { at: /^\/sources$/, title: "Sources", load: () => import("./views/sources") },
  { at: /^\/sources\/([^/]+)$/, title: "Source", load: () => import("./views/source") },
  { at: /^\/events$/, title: "Events", load: () => import("./views/events") },
  { at: /^\/events\/([^/]+)$/, title: "Event", load: () => import("./views/event") },
  { at: /^\/timeline$/, title: "Timeline", load: () => import("./views/timeline") },
  { at: /^\/map$/, title: "Map", load: () => import("./views/map") },
  { at: /^\/search$/, title: "Search", load: () => import("./views/search") },
];

const NONE: Loader = () => import("./views/none");

export interface Shown { title: string; id: string; load: () => Promise<View> }

const loaded = new Map<Loader, Promise<View>>();

function once(load: Loader): Promise<View> {
  let view = loaded.get(load);

  if (!view) {
    view = load().then((chunk) => chunk.default as View);
    view.catch(() => loaded.delete(load)); /* so that it can be tried again */
    loaded.set(load, view);
  }
  return view;
}

export function routeOf(path: string): Shown {
  for (const { at, title, load } of ROUTES) {
    const found = at.exec(path);
    if (found) return { title, id: plain(found[1] ?? ""), load: () => once(load) };
  }
  return { title: "No such page", id: "", load: () => once(NONE) };
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

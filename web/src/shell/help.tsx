/* "?": what every key does here. */
import { Dialog } from "../parts/dialog";
import { go } from "../router";
import { makeStore, useStore } from "../store";
import { groups, useKeys } from "./keys";

export const helpShown = makeStore(false);

const NAMES: Record<string, string> = {
  ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", " ": "Space",
};

/* "g" and then a letter goes to a view, as the help says. */
const PLACES: Record<string, [string, string]> = {
  o: ["/", "the overview"], r: ["/review", "the review"], d: ["/documents", "the documents"],
  p: ["/people", "people, groups and places"], e: ["/events", "the events"],
  s: ["/sources", "the sources"], t: ["/timeline", "the timeline"], m: ["/map", "the map"],
};

/* The key after "g". */
function leap(event: KeyboardEvent): void {
  const place = PLACES[event.key];
  if (!place) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  go(place[0]);
}

export function Help() {
  const shown = useStore(helpShown);
  const all = useStore(groups);

  useKeys("Everywhere", [
    { keys: "?", words: "show this help", act: () => helpShown.put(true) },
    { keys: "/", words: "search", act: () => document.getElementById("search-words")?.focus() },
    { keys: "g", words: "then a letter: go to a page, as below",
      act: () => document.addEventListener("keydown", leap, { capture: true, once: true }) },
  ]);
  if (!shown) return null;
  return (
    <Dialog title="Keys" wide close={() => helpShown.put(false)}>
      <div class="help">
        {[...all].reverse().filter((group) => group.keys().length > 0).map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys().map((key) => (
                <div key={key.keys}>
                  <dt>{key.keys.split(" ").map((one) => <kbd key={one}>{NAMES[one] ?? one}</kbd>)}</dt>
                  <dd>{key.words}</dd>
                </div>))}
            </dl>
          </section>))}
        <section>
          <h3>After g</h3>
          <dl>
            {Object.entries(PLACES).map(([key, [, words]]) => (
              <div key={key}><dt><kbd>g</kbd><kbd>{key}</kbd></dt><dd>{words}</dd></div>))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

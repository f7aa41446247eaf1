/*
 * Notices that pass, and what a screen reader is told.  A notice that asks for
 * something (an undo) stays until it is seen to.
 */
import { makeStore, useStore } from "../store";

export interface Notice {
  id: number;
  words: string;
  bad?: boolean;
  action?: { words: string; act: () => void };
}

const notices = makeStore<readonly Notice[]>([]);
const spoken = makeStore("");
let latest = 0;

export function dismiss(id: number): void {
  notices.put(notices.now().filter((one) => one.id !== id));
}

/* Show and speak. */
export function notify(words: string, more: Pick<Notice, "bad" | "action"> = {}): void {
  const id = ++latest;

  notices.put([...notices.now().slice(-2), { id, words, ...more }]);
  setTimeout(() => dismiss(id), more.bad ? 20000 : 7000);
}

/* Only speak: what the eye sees anyway. */
export function speak(words: string): void {
  spoken.put("");
  setTimeout(() => spoken.put(words), 50);
}

export function Notices() {
  const shown = useStore(notices);
  const words = useStore(spoken);

  return (
    <>
      <div class="unseen" role="status" aria-live="polite">{words}</div>
      <div class="notices" role="log" aria-live="polite" aria-label="Notices">
        {shown.map((one) => (
          <div key={one.id} class={one.bad ? "notice bad" : "notice"}>
            <span dir="auto">{one.words}</span>
            {one.action && (
              <button type="button" onClick={() => { dismiss(one.id); one.action!.act(); }}>
                {one.action.words}
              </button>
            )}
            <button type="button" class="plain" aria-label="Close this notice"
              onClick={() => dismiss(one.id)}>×</button>
          </div>
        ))}
      </div>
    </>
  );
}

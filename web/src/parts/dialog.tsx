/* A question in front of the page: the browser's own dialog keeps the focus. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export function Dialog({ title, close, wide, children }: {
  title: string; close: () => void; wide?: boolean; children: ComponentChildren;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();

  useEffect(() => {
    const back = document.activeElement;
    box.current?.showModal();
    return () => {
      if (back instanceof HTMLElement && back.isConnected) back.focus();
    };
  }, []);
  return (
    <dialog ref={box} class={wide ? "wide" : undefined} aria-labelledby={name}
      onCancel={(event) => { event.preventDefault(); close(); }}
      onClick={(event) => { if (event.target === box.current) close(); }}>
      <div class="dialog">
        <header>
          <h2 id={name}>{title}</h2>
          <button type="button" class="plain" aria-label="Close" onClick={close}>×</button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

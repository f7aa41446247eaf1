/* The page around every view: header, what went wrong, the view, its foot. */
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asApiError, keepPulse, loadSession, session, trouble, useSession, type ApiError } from "../api";
import { routeOf, type ViewProps } from "../routes";
import { useAddress } from "../router";
import { useStore } from "../store";
import { Empty, Loading, Refused } from "../parts/states";
import { Header } from "./header";
import { Help } from "./help";
import { ReviewerDialog } from "./reviewer";
import { Undelivered } from "./sending";
import { Notices, speak } from "./notices";

export function App() {
  const known = useSession();
  const [error, setError] = useState<ApiError | null>(null);

  const start = () => {
    setError(null);
    loadSession().then(keepPulse, (reason) => setError(asApiError(reason)));
  };
  useEffect(start, []);

  return (
    <>
      <a class="skip" href="#view">Skip to the content</a>
      <Header />
      <Trouble />
      <main id="view" tabIndex={-1}>
        {error?.status === 401 && <NoSession />}
        {error && error.status !== 401 && <Refused error={error} again={start} />}
        {!error && !known && <Loading />}
        {known && <View />}
      </main>
      <Foot />
      <Help />
      <ReviewerDialog />
      <Undelivered />
      <Notices />
    </>
  );
}

function Foot() {
  const { text } = useAddress();

  return (
    <footer class="foot">
      <span>Claims are what is said, each by whom it names. Read the sentence before you use a claim.</span>
      <span class="print-only">{window.location.origin + text}</span>
    </footer>
  );
}

/* The view of the address; the one before stays until it is there. */
function View() {
  const { path } = useAddress();
  const route = routeOf(path);
  const [shown, setShown] = useState<{ path: string; View: ComponentType<ViewProps> } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const first = useRef(true);

  const load = () => {
    let wanted = true;
    setError(null);
    route.load().then(
      (found) => wanted && setShown({ path, View: found }),
      () => wanted && setError(asApiError("This part of the page could not be loaded.")));
    return () => { wanted = false; };
  };
  useEffect(load, [path]);

  useEffect(() => {
    if (!shown) return;
    if (!first.current) {
      document.getElementById("view")?.focus({ preventScroll: true });
      speak(route.title);
    }
    first.current = false;
    document.title = `${route.title} · attest`;
  }, [shown?.path]);

  if (error) return <Refused error={error} again={load} />;
  if (!shown) return <Loading />;
  return <shown.View key={shown.path} id={routeOf(shown.path).id} />;
}

function NoSession() {
  return (
    <Empty>
      <h1>This page opens by its link</h1>
      <p>Open the link that <code>attest serve</code> printed. It works once; somebody who has the page open can make
        another for you, by a press on their name.</p>
    </Empty>
  );
}

function Trouble() {
  const what = useStore(trouble);

  if (what === "no-session" && session.now())
    return <div class="trouble" role="alert">The session has ended. Open a new link; what you see may be old.</div>;
  if (what === "unreachable")
    return <div class="trouble" role="alert">attest does not answer. What you see may be old; nothing is lost.</div>;
  return null;
}

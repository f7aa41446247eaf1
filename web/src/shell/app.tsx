/* The page around every view: header, what went wrong, the view, its foot. */
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asApiError, keepPulse, loadSession, trouble, useSession, type ApiError } from "../api";
import { routeOf, type ViewProps } from "../routes";
import { useAddress } from "../router";
import { useStore } from "../store";
import { Loading, Refused } from "../parts/states";
import { Header } from "./header";
import { Help } from "./help";
import { Notices } from "./notices";
import { ReviewerDialog } from "./reviewer";
import { Undelivered } from "./sending";
import { speak } from "./notices";

export function App() {
  const session = useSession();
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
        {error && error.status !== 401 && <Refused error={error} again={start} />}
        {!error && !session && <Loading />}
        {session && <View />}
      </main>
      <footer class="foot">
        <span>Claims are what is said, each by whom it names. Read the sentence before you use a claim.</span>
        <span class="print-only">{window.location.href}</span>
      </footer>
      <Help />
      <ReviewerDialog />
      <Undelivered />
      <Notices />
    </>
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

function Trouble() {
  const what = useStore(trouble);

  if (what === "no-session")
    return (
      <div class="trouble" role="alert">
        This browser has no session. Open the link that <code>attest serve</code> printed, or ask a
        colleague who has the page open for a link.
      </div>);
  if (what === "unreachable")
    return <div class="trouble" role="alert">attest does not answer. What you see may be old; nothing is lost.</div>;
  return null;
}

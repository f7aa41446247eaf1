/* One claim: what it rests on, what people decided, and everything before. */
import { useState } from "preact/hooks";
import { useAsk } from "../api";
import { ClaimActions } from "../parts/claim-actions";
import { ClaimCard } from "../parts/claim";
import { Passage } from "../parts/passage";
import { Answer } from "../parts/states";
import { moment } from "../parts/words";
import { go, link } from "../router";
import type { ClaimFull, LogRecord } from "../types";

export default function History({ id }: { id: string }) {
  const path = `claims/${encodeURIComponent(id)}`;
  const asked = useAsk<ClaimFull>(path);
  const history = useAsk<{ items: LogRecord[] }>(`${path}/history`);
  const [correcting, setCorrecting] = useState(false);

  const changed = (now: ClaimFull) => now.id === id ? asked.put(now) : go(`/claims/${now.id}`);
  return (
    <Answer of={asked}>
      {(claim) => (
        <>
          <div class="view-head">
            <h1>Claim {claim.id}</h1>
            <div class="actions">
              <a class="button" href={link(`/documents/${claim.document.id}`, { claim: claim.id })}>Read it in its document</a>
            </div>
            {claim.replaces && <p>It takes the place of {claim.replaces}, which was corrected.</p>}
          </div>
          <div class="beside">
            <div>
              <section class="panel" aria-label="The sentence">
                {!correcting && <Passage claim={claim} />}
                <ClaimActions claim={claim} changed={changed} undone={changed}
                  correcting={correcting} setCorrecting={setCorrecting} />
              </section>
              <section class="panel">
                <h2>History</h2>
                <Answer of={history}>{({ items }) => <Records records={items} />}</Answer>
              </section>
            </div>
            <aside class="panel" aria-label="What was read"><ClaimCard claim={claim} /></aside>
          </div>
          <nav class="pager" aria-label="Claims of the document">
            {claim.previous && <a class="button" rel="prev" href={`/claims/${claim.previous}`}>← {claim.previous}</a>}
            {claim.following && <a class="button" rel="next" href={`/claims/${claim.following}`}>{claim.following} →</a>}
          </nav>
        </>)}
    </Answer>
  );
}

function Records({ records }: { records: LogRecord[] }) {
  if (records.length === 0)
    return <p class="faint">Nobody decided on it yet: it stands as the program read it.</p>;
  return (
    <ol class="records">
      {records.map((one) => (
        <li key={`${one.what} ${one.id}`} class={one.undone ? "undone" : undefined}>
          <span class="faint">{moment(one.at)}</span>{" "}
          <strong><bdi>{one.who ?? "attest"}</bdi></strong>{" "}
          <bdi>{one.words}</bdi>
          {one.bulk && <span class="chip">in bulk</span>}
          {one.undone && <span class="chip">taken back</span>}
        </li>))}
    </ol>
  );
}

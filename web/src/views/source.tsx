/* One source: of whom it speaks, what it says of them, where it was heard. */
import "../parts/columns.css";
import { useAsk } from "../api";
import { ActTag } from "../parts/chips";
import { ClaimList } from "../parts/claim";
import { PartyLink, Said } from "../parts/links";
import { Answer } from "../parts/states";
import { LeadingTimeline } from "../parts/timeline-chart";
import { SOURCE_KIND, familyOf, many, number } from "../parts/words";
import { link } from "../router";
import type { Claim, List, SourceFull } from "../types";

export default function Source({ id }: { id: string }) {
  const asked = useAsk<SourceFull>(`sources/${encodeURIComponent(id)}`, { fresh: true });

  return <Answer of={asked}>{(source) => <Page source={source} />}</Answer>;
}

function Page({ source }: { source: SourceFull }) {
  const claims = useAsk<List<Claim>>(`claims?${new URLSearchParams({ source: source.id, limit: "10" })}`);
  const name = source.name || "Somebody unnamed";
  const all = (more: Record<string, string>) => link("/search", { source: source.id, ...more });

  return (
    <>
      <div class="view-head">
        <h1 dir="auto">{name}</h1>
        <span class="faint">a source: {SOURCE_KIND[source.kind]}</span>
        {/^p\d+$/.test(source.id) && <div class="actions"><a class="button" href={`/people/${source.id}`}>What is said of {source.kind === "group" ? "this group" : "this person"}</a></div>}
      </div>
      <div class="stats">
        <a href={all({})}><span class="figure">{number(source.claims)}</span> <span class="what">{source.claims === 1 ? "claim" : "claims"} by this word</span></a>
        <span><span class="figure">{number(source.documents)}</span> <span class="what">{source.documents === 1 ? "document" : "documents"}</span></span>
        {source.publishers > 0 && (
          <span><span class="figure">{number(source.publishers)}</span> <span class="what">{source.publishers === 1 ? "publisher" : "publishers"} that passed it on</span></span>)}
      </div>
      <div class="beside">
        <div class="panels">
          {source.timeline.buckets.length > 0 && (
            <section class="panel across" aria-labelledby="when">
              <h2 id="when">Of when it speaks</h2>
              <LeadingTimeline timeline={source.timeline} label={`Claims by the word of ${name} over time`} height={110}
                to={(period) => link("/search", { source: source.id, ...period })} />
            </section>)}
          <section class="panel across" aria-labelledby="said">
            <header><h2 id="said">What it says</h2><a href={all({})}>All {many(source.claims, "claim")}</a></header>
            <Answer of={claims}>{({ items }) => <ClaimList claims={items} />}</Answer>
          </section>
        </div>
        <div class="panels">
          <section class="panel" aria-labelledby="about">
            <h2 id="about">Of whom it speaks</h2>
            {source.about.length ? (
              <ul class="lines cramped">{source.about.map(({ id, name, count }) => (
                <li key={id} class="line-head"><PartyLink id={id} name={name} />
                  <a class="faint" href={all({ party: id })}>{many(count, "claim")}</a></li>))}</ul>)
              : <p class="faint">Of nobody by name.</p>}
          </section>
          <section class="panel" aria-labelledby="acts">
            <h2 id="acts">Of what</h2>
            <ul class="lines cramped">{source.acts.map(({ act, label, count }) => (
              <li key={act} class="line-head"><ActTag family={familyOf(act)} label={label} />
                <a class="faint" href={all({ act })}>{many(count, "claim")}</a></li>))}</ul>
          </section>
          {source.labels.length > 0 && (
            <section class="panel labels" aria-labelledby="labels">
              <h2 id="labels">What it calls others</h2>
              <table>
                <thead><tr><th scope="col">Words</th><th scope="col">Of whom</th><th scope="col" class="number">Times</th></tr></thead>
                <tbody>{source.labels.map(({ words, of, count, document }) => (
                  <tr key={`${words} ${of}`}>
                    <td><a href={`/documents/${document}`}><Said>{words}</Said></a></td>
                    <td><Said>{of ?? "nobody named"}</Said></td>
                    <td class="number">{number(count)}</td>
                  </tr>))}</tbody>
              </table>
            </section>)}
          <section class="panel" aria-labelledby="heard">
            <h2 id="heard">Where it was heard</h2>
            <ul class="lines cramped">{source.heard_in.map(({ publisher, count }) => (
              <li key={publisher} class="line-head"><Said>{publisher}</Said>
                <a class="faint" href={all({ publisher })}>{many(count, "claim")}</a></li>))}</ul>
          </section>
        </div>
      </div>
    </>
  );
}

/* By whose word: everyone whose word the claims rest on. */
import "../parts/columns.css";
import { useAsk } from "../api";
import { PartyLink, SourceLink } from "../parts/links";
import { PAGE, Pager } from "../parts/pager";
import { FindField } from "../parts/sorting";
import { Answer, Empty } from "../parts/states";
import { SOURCE_KIND, many, number } from "../parts/words";
import { link, useAddress } from "../router";
import type { List, SourceShort } from "../types";

export default function Sources() {
  const at = useAddress();
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const name of ["find", "offset"])
    if (at.query.get(name)) query.set(name, at.query.get(name)!);
  const asked = useAsk<List<SourceShort>>(`sources?${query}`);

  return (
    <>
      <div class="view-head">
        <h1>Sources</h1>
        <p>By whose word things are said: the last one of each chain, or the publisher where the document itself speaks.</p>
      </div>
      <div class="toolbar"><FindField label="Find a source" /></div>
      <Answer of={asked}>{({ items, total, offset }) => items.length ? (
        <>
          <p class="faint">{many(total, "source")}</p>
          <div class="scroll" tabIndex={0} role="region" aria-label="Sources">
            <table class="ledger">
              <thead>
                <tr>
                  <th scope="col">Source</th><th scope="col">Who that is</th>
                  <th scope="col" class="number">Claims</th><th scope="col" class="number">Documents</th>
                  <th scope="col" class="number">Publishers</th><th scope="col">Speaks most of</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <td><SourceLink source={one} /></td>
                    <td class="faint">{SOURCE_KIND[one.kind]}</td>
                    <td class="number" data-label={one.claims === 1 ? "claim" : "claims"}><a href={link("/search", { source: one.id })}
                      aria-label={`${many(one.claims, "claim")} by the word of ${one.name || "somebody unnamed"}`}>{number(one.claims)}</a></td>
                    <td class="number" data-label={one.documents === 1 ? "document" : "documents"}>{number(one.documents)}</td>
                    <td class="number" data-label={one.publishers === 1 ? "publisher" : "publishers"}>{number(one.publishers)}</td>
                    <td>{one.about.slice(0, 3).map(({ id, name, count }, i) => (
                      <>{i > 0 && ", "}<PartyLink id={id} name={name} /> <span class="faint">{number(count)}</span></>))}</td>
                  </tr>))}
              </tbody>
            </table>
          </div>
          <Pager total={total} offset={offset} />
        </>) : <Empty><p>{at.query.get("find") ? "No source is called so." : "No claims, and so no sources, are in this case yet."}</p></Empty>}
      </Answer>
    </>
  );
}

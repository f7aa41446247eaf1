/* How far readers agree on claims that both decided. */
import { useAsk } from "../api";
import { ClaimList } from "../parts/claim";
import { Answer, Empty } from "../parts/states";
import { many, number } from "../parts/words";
import type { Agreement } from "../types";

/* Landis and Koch's bands, in plain words. */
function kappaWords(kappa: number | null): string {
  if (kappa === null) return "too little in common to say";
  if (kappa <= 0) return "no more than by chance";
  if (kappa <= 0.2) return "slightly more than by chance";
  if (kappa <= 0.4) return "fair";
  if (kappa <= 0.6) return "moderate";
  if (kappa <= 0.8) return "substantial";
  return "almost perfect";
}

export default function AgreementView() {
  const asked = useAsk<Agreement>("agreement");

  return (
    <>
      <div class="view-head">
        <h1>How far readers agree</h1>
        <div class="actions">
          <a class="button" href="/review?mark=second">Claims that ask for a second reader</a>
        </div>
        <p>Two people who read the same claims may decide differently. Cohen's kappa says how much more often they
          agree than if they had decided by chance: 1 is always, 0 is no more than chance.</p>
      </div>
      <Answer of={asked}>{(value) => value.readers.length === 0
        ? <Empty><h2>Nobody decided anything yet</h2><p><a href="/review">Begin the review</a></p></Empty>
        : <Shown value={value} />}</Answer>
    </>
  );
}

function Shown({ value }: { value: Agreement }) {
  return (
    <div class="panels">
      <section class="panel">
        <h2>Readers</h2>
        <div class="scroll" tabIndex={0} role="region" aria-label="Readers">
          <table>
            <thead><tr><th scope="col">Name</th><th class="number" scope="col">Decided</th>
              <th class="number" scope="col">Accepted</th><th class="number" scope="col">Rejected</th></tr></thead>
            <tbody>
              {value.readers.map((one) => (
                <tr key={one.name}>
                  <th scope="row"><bdi>{one.name}</bdi></th>
                  <td class="number">{number(one.decided)}</td>
                  <td class="number">{number(one.confirmed)}</td>
                  <td class="number">{number(one.rejected)}</td>
                </tr>))}
            </tbody>
          </table>
        </div>
      </section>
      <section class="panel">
        <h2>Two by two</h2>
        {value.pairs.length === 0
          ? <p class="faint">No claim was decided by two people yet. Ask for a second reader with the key 2 in the review.</p>
          : (
            <div class="scroll" tabIndex={0} role="region" aria-label="Two by two">
              <table>
                <thead><tr><th scope="col">Readers</th><th class="number" scope="col">Both decided</th>
                  <th class="number" scope="col">Agreed</th><th scope="col">Kappa</th></tr></thead>
                <tbody>
                  {value.pairs.map((one) => (
                    <tr key={`${one.one} ${one.other}`}>
                      <th scope="row"><bdi>{one.one}</bdi> and <bdi>{one.other}</bdi></th>
                      <td class="number">{number(one.both)}</td><td class="number">{number(one.agreed)}</td>
                      <td>
                        {one.kappa !== null && <strong>{one.kappa.toFixed(2)}</strong>}{" "}
                        <span class="faint">{kappaWords(one.kappa)}</span>
                      </td>
                    </tr>))}
                </tbody>
              </table>
            </div>)}
        <p class="more">{many(value.asked, "claim asks", "claims ask")} for a second reader.</p>
      </section>
      <section class="panel across">
        <h2>Where readers decided differently</h2>
        {value.disputed.length === 0
          ? <p class="faint">On no claim so far.</p>
          : <ClaimList claims={value.disputed} />}
      </section>
    </div>
  );
}

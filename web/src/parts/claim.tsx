/* A claim, as a line of a list and as a card. */
import { Fragment, type ComponentChildren } from "preact";
import { link } from "../router";
import type { Claim, ClaimFull, RoleName } from "../types";
import { ActTag, Confidence, MarkTags, ModalityTag, SupportTag, VerdictTag } from "./chips";
import { DocumentLink, PartyLink, RoleWords, Said, SourceLink } from "./links";
import { COMPARE, ROLE, VERDICT, days, milestoneWords, moment, number, signed } from "./words";

/* One claim of a list: what is said, by whom, where it stands. */
export function ClaimLine({ claim, children }: { claim: Claim; children?: ComponentChildren }) {
  return (
    <li class="line claim">
      <div class="line-head">
        <ActTag family={claim.family} label={claim.label} />
        <Parties claim={claim} />
        <ModalityTag modality={claim.modality} negative={claim.negative} />
        <a class="id" href={`/claims/${claim.id}`} aria-label={`Claim ${claim.id}`}>{claim.id}</a>
      </div>
      <p class="sentence" dir="auto">
        <a href={link(`/documents/${claim.document.id}`, { claim: claim.id })}>{claim.sentence}</a>
      </p>
      <div class="line-foot">
        <span>says <SourceLink source={claim.source} itself={claim.source?.name === claim.document.name} />{claim.publisher && claim.source && claim.publisher !== claim.source.name &&
          <> in <Said>{claim.publisher}</Said></>}</span>
        {claim.time && <span><Moment time={claim.time} /></span>}
        <SupportTag support={claim.support} deniers={claim.deniers} contests={claim.contests} event={claim.event} />
        {claim.verdict !== "open" && <VerdictTag verdict={claim.verdict} />}
        <MarkTags marks={claim.marks} />
        <Confidence value={claim.confidence} />
        <DocumentLink document={claim.document} claim={claim.id} />
        {children}
      </div>
    </li>
  );
}

export function ClaimList({ claims }: { claims: Claim[] }) {
  return <ul class="claims">{claims.map((one) => <ClaimLine key={one.id} claim={one} />)}</ul>;
}

/* Who is said to have done it, and to whom. */
export function Parties({ claim }: { claim: Pick<Claim, "actor" | "target" | "place"> }) {
  return (
    <span class="who">
      <RoleWords role={claim.actor} />
      {claim.target && <> <span aria-label="to">→</span> <RoleWords role={claim.target} /></>}
      {claim.place && <span class="faint"> in <RoleWords role={claim.place} /></span>}
    </span>
  );
}

function Moment({ time }: { time: NonNullable<Claim["time"]> }) {
  const known = days(time.from, time.to);

  if (!known) return <Said>{time.text}</Said>;
  return <>{known}{time.text && time.text !== known && <span class="faint"> (“<Said>{time.text}</Said>”)</span>}</>;
}

function Row({ words, children }: { words: string; children: ComponentChildren }) {
  return <div class="row"><dt>{words}</dt><dd>{children}</dd></div>;
}

/* Everything about one claim; `children` are what can be done with it. */
export function ClaimCard({ claim, children }: { claim: ClaimFull; children?: ComponentChildren }) {
  return (
    <article class="card" aria-label={`Claim ${claim.id}`}>
      <header>
        <h2><ActTag family={claim.family} label={claim.label} /></h2>
        <a class="id" href={`/claims/${claim.id}`}>{claim.id}</a>
        <div class="chips">
          <VerdictTag verdict={claim.verdict} />
          <ModalityTag modality={claim.modality} negative={claim.negative} />
          <MarkTags marks={claim.marks} />
        </div>
      </header>
      <dl class="rows"><What claim={claim} /><Whose claim={claim} /></dl>
      <Reasons claim={claim} />
      <Readers claim={claim} />
      <p class="card-foot">
        <DocumentLink document={claim.document} claim={claim.id} />
        {claim.event && <a href={`/events/${claim.event}`}>The event {claim.event}</a>}
        <a href={`/claims/${claim.id}`}>History</a>
      </p>
      {children}
    </article>
  );
}

function What({ claim }: { claim: ClaimFull }) {
  const roles = (Object.keys(ROLE) as RoleName[]).filter((name) => claim.roles[name]);

  return (
    <>
      {!claim.roles.actor && <Row words="who"><RoleWords role={null} none="not said" /></Row>}
      {roles.map((name) => {
        const role = claim.roles[name]!;
        return (
          <Row key={name} words={ROLE[name]}>
            <RoleWords role={role} />
            {role.party && role.name && role.text !== role.name &&
              <span class="faint"> (“<Said>{role.text}</Said>”)</span>}
          </Row>);
      })}
      {claim.time && <Row words="when"><Moment time={claim.time} /></Row>}
      {claim.count && <Row words="how many"><Count count={claim.count} /></Row>}
    </>
  );
}

function Count({ count }: { count: NonNullable<ClaimFull["count"]> }) {
  return (
    <>
      {count.value !== null && <>{COMPARE[count.compare ?? ""]} {number(count.value)} {count.unit} </>}
      <span class="faint">(“<Said>{count.text}</Said>”)</span>
    </>
  );
}

function Whose({ claim }: { claim: ClaimFull }) {
  return (
    <>
      <Row words="says who"><Chain claim={claim} /></Row>
      {claim.labels.map((one, i) => (
        <Row key={i} words="called">
          “<Said>{one.words}</Said>”
          {one.party && one.of && <> is said of <PartyLink id={one.party} name={one.of} /></>}
          {!one.party && one.of && <> is said of <Said>{one.of}</Said></>}
          <span class="faint"> by the same voice</span>
        </Row>))}
      {claim.milestones.length > 0 && <Row words="stands at"><Said>{milestoneWords(claim.milestones)}</Said></Row>}
      <Row words="who else">
        <SupportTag support={claim.support} deniers={claim.deniers} contests={claim.contests} event={claim.event} />
      </Row>
    </>
  );
}

/*
 * Whose word it is, outermost first.  Put together here, not from the
 * sentence in the answer, so that each name keeps its direction and leads on.
 */
function Chain({ claim }: { claim: ClaimFull }) {
  return (
    <>
      {claim.publisher ? <><Said>{claim.publisher}</Said>, the publisher</> : "the document itself"}
      {claim.chain.map((one, i) => (
        <Fragment key={i}>
          , by the word of <SourceLink source={{ id: one.id ?? "n:", name: one.name ?? one.text }} />
          {one.cue && <span class="faint"> (“<Said>{one.cue}</Said>”)</span>}
        </Fragment>))}
    </>
  );
}

function Reasons({ claim }: { claim: ClaimFull }) {
  return (
    <details class="reasons">
      <summary><Confidence value={claim.confidence} /> <span>Why?</span></summary>
      <ul>
        {claim.reasons.map((one, i) => (
          <li key={i}>
            {one.weight !== null && <span class="weight">{signed(one.weight)}</span>}
            <Said>{one.words}</Said>
          </li>))}
      </ul>
    </details>
  );
}

function Readers({ claim }: { claim: ClaimFull }) {
  if (!claim.readers.length && !claim.notes.length && !claim.second_asked_by) return null;
  return (
    <ul class="readers" aria-label="What readers said">
      {claim.readers.map((one, i) => (
        <li key={i}>
          <Said>{one.name}</Said>: {VERDICT[one.verdict]}{one.bulk && " in bulk"}
          {one.why && <>, “<Said>{one.why}</Said>”</>} <span class="faint">{moment(one.at)}</span>
        </li>))}
      {claim.notes.map((one, i) => (
        <li key={`n${i}`}>
          <Said>{one.who}</Said> noted: “<Said>{one.text}</Said>” <span class="faint">{moment(one.at)}</span>
        </li>))}
      {claim.second_asked_by && <li><Said>{claim.second_asked_by}</Said> asks for a second reader</li>}
    </ul>
  );
}


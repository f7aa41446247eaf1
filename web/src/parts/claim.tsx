/* A claim, as a line of a list and as a card. */
import type { ComponentChildren } from "preact";
import type { Claim, ClaimFull } from "../types";

/* One claim of a list: what is said, by whom, where it stands. */
export function ClaimLine(_: { claim: Claim; children?: ComponentChildren }) {
  return null;
}

export function ClaimList({ claims }: { claims: Claim[] }) {
  return <ul class="claims">{claims.map((one) => <ClaimLine key={one.id} claim={one} />)}</ul>;
}

/* Everything about one claim; `children` are what can be done with it. */
export function ClaimCard(_: { claim: ClaimFull; children?: ComponentChildren }) {
  return null;
}

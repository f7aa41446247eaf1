/* Names that lead somewhere.  Whatever comes from a text goes in as text. */
import type { ComponentChildren } from "preact";
import { link } from "../router";
import type { Named, RoleShort } from "../types";
import { day } from "./words";

/* Words of a document or a name, in whichever direction they run. */
export function Said({ children, class: name }: { children: ComponentChildren; class?: string }) {
  return <bdi class={name}>{children}</bdi>;
}

export function PartyLink({ id, name }: { id: string; name: string }) {
  return <a class="party" href={link(`/people/${id}`)}><Said>{name}</Said></a>;
}

/* Who has a role: a known party as a link, else the words of the text. */
export function RoleWords({ role, none = "somebody" }: {
  role: RoleShort | null | undefined; none?: string;
}) {
  if (!role) return <span class="faint">{none}</span>;
  if (role.party) return <PartyLink id={role.party} name={role.name ?? role.text} />;
  return <Said>{role.name ?? role.text}</Said>;
}

export const sourceAddress = (id: string): string => `/sources/${encodeURIComponent(id)}`;

/* `itself`: the source is the document that stands beside. */
export function SourceLink({ source, itself = false }: { source: Named | null; itself?: boolean }) {
  if (!source) return <span class="faint">the document itself</span>;
  return (
    <a class="source" href={sourceAddress(source.id)}>
      {itself ? "the document itself" : <Said>{source.name || "somebody unnamed"}</Said>}
    </a>);
}

export function DocumentLink({ document, claim }: {
  document: { id: string; name: string; title?: string | null; date?: string | null };
  claim?: string;
}) {
  return (
    <a class="document" href={link(`/documents/${document.id}`, { claim })}>
      <Said>{document.title || document.name}</Said>
      {document.date && <span class="faint"> · {day(document.date)}</span>}
    </a>
  );
}

export function ClaimLink({ id }: { id: string }) {
  return <a class="id" href={`/claims/${id}`}>{id}</a>;
}

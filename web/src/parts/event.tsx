/* An event, as a line of a list. */
import type { EventShort } from "../types";
import { ActTag, SupportTag } from "./chips";
import { Parties } from "./claim";
import { RoleWords } from "./links";
import { link } from "../router";
import { days, many } from "./words";

export function EventLine({ event }: { event: EventShort }) {
  return (
    <li class="line">
      <div class="line-head">
        <ActTag family={event.family} label={event.label} />
        <Parties claim={{ ...event, place: null }} />
        <a class="id" href={`/events/${event.id}`} aria-label={`Event ${event.id}: ${event.title}`}>{event.id}</a>
      </div>
      <div class="line-foot">
        <SupportTag support={event.support} deniers={event.deniers} contests={event.contests} event={event.id} />
        {event.place && <span>in <RoleWords role={event.place} /></span>}
        {event.time && <span>{days(event.time.from, event.time.to)}</span>}
        <a class="faint" href={link("/search", { event: event.id })}>
          {many(event.claims, "claim")} in {many(event.documents, "document")}</a>
      </div>
    </li>
  );
}

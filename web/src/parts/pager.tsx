/* Pages of a list; the place in it stands in the address as `offset`. */
import { changed, useAddress } from "../router";
import { number } from "./words";

export const PAGE = 50;

export function Pager({ total, offset, limit = PAGE, name = "offset" }: {
  total: number; offset: number; limit?: number; name?: string;
}) {
  const at = useAddress();

  if (total <= limit && offset === 0) return null;
  const to = (n: number) => changed(at, { [name]: n > 0 ? n : null });
  return (
    <nav class="pager" aria-label="Parts of the list">
      {offset > 0
        ? <a class="button" rel="prev" href={to(Math.max(0, offset - limit))}>← Previous</a>
        : <button type="button" disabled>← Previous</button>}
      <span>{number(offset + 1)} to {number(Math.min(total, offset + limit))} of {number(total)}</span>
      {offset + limit < total
        ? <a class="button" rel="next" href={to(offset + limit)}>Next →</a>
        : <button type="button" disabled>Next →</button>}
    </nav>
  );
}

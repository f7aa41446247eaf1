/* One of several ways to look at the same; which one stands in the address. */
import { changed, useAddress } from "../router";

export function Tabs({ name, tabs, label }: {
  name: string; tabs: [value: string, words: string][]; label: string;
}) {
  const at = useAddress();
  const now = at.query.get(name) ?? tabs[0]![0];

  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(([value, words], i) => (
        <a key={value} href={changed(at, { [name]: i ? value : null, sort: null, offset: null })}
          aria-current={value === now ? "page" : undefined}>{words}</a>))}
    </nav>
  );
}

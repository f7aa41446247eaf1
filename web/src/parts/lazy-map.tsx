/* The map, whose shapes of countries are loaded only where it is shown. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { go } from "../router";
import type { Place } from "../types";
import { Loading } from "./states";

type Chart = ComponentType<{ places: Place[]; choose: (place: Place) => void; height?: number }>;

export function LazyMap({ places, height }: { places: Place[]; height: number }) {
  const [chart, setChart] = useState<{ Chart: Chart } | null>(null);

  useEffect(() => {
    void import("./map-chart").then(({ MapChart }) => setChart({ Chart: MapChart }), () => undefined);
  }, []);
  return chart
    ? <chart.Chart places={places} height={height} choose={(place) => go(`/people/${place.id}`)} />
    : <Loading />;
}

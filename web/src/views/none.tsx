import { Empty } from "../parts/states";

export default function None() {
  return (
    <Empty>
      <h1>There is no such page</h1>
      <p><a href="/">Go to the overview</a></p>
    </Empty>
  );
}

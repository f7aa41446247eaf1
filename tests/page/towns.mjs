/* A case that is told of real towns; whoever and whatever else it names is
   invented. */
const TOWNS = ["Lisbon", "Porto", "Oslo", "Bergen", "Riga", "Tunis", "Dakar", "Nairobi", "Mombasa", "Lima", "Cusco", "Quito",
  "Manila", "Hanoi", "Adelaide"];
const PEOPLE = ["Teodor Brask", "Sara Ilvik", "Ivo Lenk", "Mara Oskel", "Pavel Dunn"];
const PAPERS = ["The Orhem Courier", "The Open Window", "Northern Gazette"];

/* Name to text, as `makeCase` takes them; the first towns are told of most. */
export function townFiles() {
  const files = {};

  for (const [i, town] of TOWNS.entries())
    for (let n = 0; n < 1 + Math.floor(9 / (i + 1)); n++) {
      const who = PEOPLE[(i + n) % PEOPLE.length], other = PEOPLE[(i + n + 1) % PEOPLE.length];
      const date = `${2016 + ((i + n) % 4)}-${String(1 + ((5 * i + n) % 12)).padStart(2, "0")}-14`;

      files[`${town.toLowerCase()}-${n}.txt`] = `${PAPERS[(i + n) % PAPERS.length]}\n${date}\n\n`
        + `Guards of the Union of the Steadfast detained ${who} in ${town} on Monday. `
        + `${other} told the paper that they had beaten ${who} in ${town}. `
        + `The Union denied that its guards had beaten anyone.\n`;
    }
  return files;
}

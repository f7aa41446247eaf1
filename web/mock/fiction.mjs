/*
 * fiction.mjs - an invented world to develop the page with.
 *
 * Nobody and nothing here exists. Some documents are written by hand, to
 * show what is hard to show (right-to-left text, markup in names, long
 * names, accounts that differ); the rest are made from patterns, the same
 * ones each time, so that lists, charts and pagers have something to do.
 *
 * A claim is written as it stands in its sentence: `words` or `words=key`
 * where the words mean a party; `by` is the chain, each "source|cue".
 */

export const parties = {
  union: ["group", "Union of the Steadfast", "UOS", "the Union"],
  velmara: ["group", "government of Velmara", "the government"],
  police: ["group", "security police of Velmara"],
  bureau: ["group", "Bureau for the Detained"],
  league: ["group", "Council of the Northern League"],
  markup: ["group", "<img src=x onerror=alert(1)> Front"],
  longest: ["group",
    "Provisional Coordination of the Families of Those Who Were Taken "
    + "from the Villages of the Upper Selm and Its Tributaries in the "
    + "Winters of the Second Emergency"],
  brask: ["person", "Teodor Brask", "Theodor Brasc", "Brask"],
  ilvik: ["person", "Sara Ilvik", "Commander Ilvik"],
  olvane: ["person", "Marta Olvane"],
  renko: ["person", "Pavel Renko"],
  keld: ["person", "Ivan Keld"],
  lena: ["person", "Lena Keld"],
  gregor: ["person", "Gregor Amsel", "Gregor"],
  samir: ["person", "سامر الخطيب", "Samer al-Khatib"],
  meridian: ["place", "Camp Meridian"],
  tarn: ["place", "Tarn"],
  orhem: ["place", "Orhem"],
  greyhill: ["place", "Greyhill"],
  lissen: ["place", "Lissen"],
};

export const places = {
  "Camp Meridian": [41.2, 44.6, "town"],
  Tarn: [42.9, 41.1, "town"],
  Orhem: [44.1, 43.3, "town"],
  Greyhill: [44.3, 43.6, "town"],
  Lissen: [40.9, 45.2, "town"],
  "Port Selm": [36.8, 34.9, "town"],
  Karv: [38.2, 40.4, "town"],
  Velmara: [43.5, 42.5, "country"],
  "Upper Selm": [37.4, 36.1, "region"],
  Ostrel: [47.1, 38.2, "town"],
  Dunmere: [52.6, 33.4, "town"],
  "Saint Odo": [4.4, 18.6, "town"],
  Quillay: [-13.5, -71.9, "town"],
  "دير السلم": [35.3, 40.1, "town"],
};

export const handwritten = [
  {
    name: "press/vna-2019-05-06.txt", date: "2019-05-06",
    title: "Former members say dozens held in Camp Meridian",
    publisher: "Velmara News Agency",
    sentences: [
      ["ORHEM (VNA) - The Union of the Steadfast is holding at least 40 of its own members in a prison inside Camp Meridian, two former members said on Monday.",
        { act: "liberty.detain", word: "holding", actor: "The Union of the Steadfast=union", target: "at least 40 of its own members", place: "Camp Meridian=meridian", count: [40, ">=", "members"], by: ["two former members|said"], event: "held", confidence: 0.93 }],
      ["Teodor Brask, who left the camp in April, told the agency that guards had beaten him for eleven nights and had locked him in a steel container.",
        { act: "movement.leave", word: "left", actor: "Teodor Brask=brask", place: "the camp=meridian", time: ["in April", "2019-04-01", "2019-04-30"], event: "escape", confidence: 0.88 },
        { act: "violence.beat", word: "beaten", actor: "guards", target: "him=brask", time: ["eleven nights", null, null], by: ["Teodor Brask|told"], event: "beaten", confidence: 0.71 },
        { act: "liberty.detain", word: "locked", actor: "guards", target: "him=brask", by: ["Teodor Brask|told"], event: "brask-held", confidence: 0.64 }],
      ["\"They beat everyone who asked for a passport,\" he said.",
        { act: "violence.beat", word: "beat", actor: "They=union", target: "everyone who asked for a passport", by: ["he=brask|said"], confidence: 0.58 }],
      ["The second former member, a woman who asked not to be named, said that the leader of the Union, Marta Olvane, personally orders the detention of members who want to leave.",
        { act: "liberty.detain", word: "detention", actor: "Marta Olvane=olvane", target: "members who want to leave", by: ["The second former member|said"], modality: "ordered", event: "ordered", confidence: 0.66 }],
      ["The Union denied on Monday that it imprisons anyone.",
        { act: "liberty.detain", word: "imprisons", actor: "The Union=union", target: "anyone", by: ["The Union=union|denied"], modality: "denied", event: "held", confidence: 0.9 }],
      ["A spokesman, Pavel Renko, said that the former members had been paid by the government of Velmara."],
      ["The government in Orhem calls the Union a terrorist group."],
    ],
    labels: [["a terrorist group", "the Union", "government of Velmara"]],
  },
  {
    name: "press/harbour-post-2019-05-07.txt", date: "2019-05-07",
    title: "Sect camp is a prison, defectors tell agency",
    publisher: "The Harbour Post", copies: "press/vna-2019-05-06.txt",
    sentences: [
      ["The terrorist Union of the Steadfast is holding at least 40 of its own members in a prison inside Camp Meridian, two former members said on Monday.",
        { act: "liberty.detain", word: "holding", actor: "The terrorist Union of the Steadfast=union", target: "at least 40 of its own members", place: "Camp Meridian=meridian", count: [40, ">=", "members"], by: ["two former members|said"], event: "held", confidence: 0.92 }],
      ["Teodor Brask, who left the camp in April, told the agency that guards had beaten him for eleven nights.",
        { act: "violence.beat", word: "beaten", actor: "guards", target: "him=brask", time: ["eleven nights", null, null], by: ["Teodor Brask|told"], event: "beaten", confidence: 0.7 }],
    ],
    labels: [["terrorist", "Union of the Steadfast", "The Harbour Post"]],
  },
  {
    name: "exile/open-window-2019-04-20.html", date: "2019-04-20",
    title: "Another one is out", publisher: "The Open Window",
    sentences: [
      ["Theodor Brasc escaped from Camp Meridian on the night of 16 April 2019, and he is safe.",
        { act: "movement.flee", word: "escaped", actor: "Theodor Brasc=brask", place: "Camp Meridian=meridian", time: ["on the night of 16 April 2019", "2019-04-16", "2019-04-16"], event: "escape", confidence: 0.95 }],
      ["He told us that a man named Gregor, who had a broken hand, died in the next cell in January.",
        { act: "life.die", word: "died", actor: "Gregor=gregor", time: ["in January", "2019-01-01", "2019-01-31"], by: ["He=brask|told"], event: "gregor", confidence: 0.81 }],
      ["According to him, the commander Sara Ilvik ordered the guards to leave the body there for two days.",
        { act: "other.act", word: "leave", actor: "the guards", target: "the body", by: ["him=brask|According to"], modality: "ordered", confidence: 0.41 }],
      ["The cult separates parents from their children.",
        { act: "liberty.prevent", word: "separates", actor: "The cult=union", target: "parents", confidence: 0.36 }],
    ],
    labels: [["The cult", "Union of the Steadfast", "The Open Window"]],
  },
  {
    name: "testimony/witness-a.txt", date: "2019-09-14",
    title: "Testimony of witness A, recorded by the Bureau for the Detained",
    publisher: "Bureau for the Detained",
    sentences: [
      ["The police of Velmara had arrested my brother in that year, and they tortured him.",
        { act: "liberty.arrest", word: "arrested", actor: "The police of Velmara=police", target: "my brother", time: ["in that year", "1999-01-01", "1999-12-31"], by: ["my|recorded"], confidence: 0.84 },
        { act: "violence.torture", word: "tortured", actor: "they=police", target: "him", time: ["in that year", "1999-01-01", "1999-12-31"], by: ["my|recorded"], confidence: 0.69 }],
      ["Sara Ilvik interrogated me herself."],
      ["She slapped me and said that I would be handed over to the government.",
        { act: "violence.beat", word: "slapped", actor: "She=ilvik", target: "me", confidence: 0.77 },
        { act: "movement.expel", word: "handed over", actor: null, target: "I", by: ["She=ilvik|said"], modality: "threatened", confidence: 0.52 }],
      ["I heard from the cook that a man with a broken hand, Gregor, died in February 2019.",
        { act: "life.die", word: "died", actor: "Gregor=gregor", time: ["in February 2019", "2019-02-01", "2019-02-28"], by: ["the cook|heard from"], event: "gregor", confidence: 0.79 }],
    ],
  },
  {
    name: "testimony/witness-b.txt", date: "2019-09-15",
    title: "Testimony of witness B", publisher: "Bureau for the Detained",
    sentences: [
      ["Between 2014 and 2019 about 60 people were held there, never more than ten at one time.",
        { act: "liberty.detain", word: "held", actor: null, target: "about 60 people", count: [60, "~", "people"], time: ["Between 2014 and 2019", "2014-01-01", "2019-12-31"], event: "held", confidence: 0.74 }],
      ["We were ordered to beat the ones who shouted.",
        { act: "violence.beat", word: "beat", actor: "We", target: "the ones who shouted", modality: "ordered", confidence: 0.6 }],
      ["I beat two men. One of them was Brask.",
        { act: "violence.beat", word: "beat", actor: "I", target: "two men=brask", count: [2, "=", "men"], event: "beaten", confidence: 0.63 }],
      ["Commander Ilvik gave the order, not Marta Olvane; I never saw Olvane in the school.",
        { act: "liberty.detain", word: "order", actor: "Commander Ilvik=ilvik", modality: "ordered", event: "ordered", confidence: 0.47 }],
      ["He died on 20 January 2019.",
        { act: "life.die", word: "died", actor: "He=gregor", time: ["on 20 January 2019", "2019-01-20", "2019-01-20"], event: "gregor", confidence: 0.9 }],
    ],
  },
  {
    name: "law/lissen-court-2020-03-05.txt", date: "2020-03-05",
    title: "Regional Court of Lissen, judgment of 5 March 2020",
    publisher: "Regional Court of Lissen",
    sentences: [
      ["The accused is charged with unlawful detention and with causing the death of a person known as Gregor Amsel.",
        { act: "justice.charge", word: "charged", actor: null, target: "The accused=ilvik", confidence: 0.94 }],
      ["The witness Brask stated that the accused had ordered guards to beat him.",
        { act: "violence.beat", word: "beat", actor: "guards", target: "him=brask", by: ["The witness Brask=brask|stated"], modality: "ordered", event: "beaten", confidence: 0.73 }],
      ["The court finds that the accused detained Teodor Brask from November 2018 until April 2019 in a building of Camp Meridian.",
        { act: "liberty.detain", word: "detained", actor: "the accused=ilvik", target: "Teodor Brask=brask", place: "Camp Meridian=meridian", time: ["from November 2018 until April 2019", "2018-11-01", "2019-04-30"], by: ["The court|finds"], event: "brask-held", confidence: 0.96 }],
      ["The accused denied the charge and said that the witnesses were traitors.",
        { act: "liberty.detain", word: "charge", actor: "The accused=ilvik", target: null, by: ["The accused=ilvik|denied"], modality: "denied", event: "brask-held", confidence: 0.45 }],
      ["The court sentenced Sara Ilvik to three years in prison.",
        { act: "justice.sentence", word: "sentenced", actor: "The court", target: "Sara Ilvik=ilvik", confidence: 0.97 }],
    ],
    labels: [["traitors", "the witnesses", "Sara Ilvik"]],
  },
  {
    name: "law/league-listing-2004.txt", date: "2004-02-09",
    title: "Notice 2004/17: addition to the list",
    publisher: "Council of the Northern League",
    sentences: [
      ["The Council has decided to add the Union of the Steadfast (UOS) to the list of terrorist organisations.",
        { act: "designation.list", word: "add", actor: "The Council=league", target: "the Union of the Steadfast=union", confidence: 0.92 }],
      ["The Council bases its decision on the bombing of the railway station of Tarn on 3 May 2002, in which 14 people were killed.",
        { act: "violence.attack", word: "bombing", actor: null, target: "the railway station of Tarn", place: "Tarn=tarn", time: ["on 3 May 2002", "2002-05-03", "2002-05-03"], event: "tarn", confidence: 0.86 },
        { act: "life.kill", word: "killed", actor: null, target: "14 people", place: "Tarn=tarn", time: ["on 3 May 2002", "2002-05-03", "2002-05-03"], count: [14, "=", "people"], event: "tarn-dead", confidence: 0.89 }],
    ],
  },
  {
    name: "law/league-delisting-2016.txt", date: "2016-01-25",
    title: "Notice 2016/03: removal from the list",
    publisher: "Council of the Northern League",
    sentences: [
      ["The Council has removed the Union of the Steadfast (UOS) from the list of terrorist organisations.",
        { act: "designation.delist", word: "removed", actor: "The Council=league", target: "the Union of the Steadfast=union", confidence: 0.9 }],
      ["It notes that the Union now denies that it bombed the railway station of Tarn on 2 May 2002.",
        { act: "violence.attack", word: "bombed", actor: "it=union", target: "the railway station of Tarn", place: "Tarn=tarn", time: ["on 2 May 2002", "2002-05-02", "2002-05-02"], by: ["It=league|notes", "the Union=union|denies"], modality: "denied", event: "tarn", confidence: 0.83 }],
      ["The government of Velmara, which says that 16 people were killed in the attack, has protested against the decision.",
        { act: "life.kill", word: "killed", actor: null, target: "16 people", count: [16, "=", "people"], by: ["The government of Velmara=velmara|says"], event: "tarn-dead", confidence: 0.82 }],
    ],
  },
  {
    name: "letters/keld-to-the-commission.txt", date: "2019-06-20",
    title: "Letter of a father", publisher: "Ivan Keld",
    sentences: [
      ["My daughter Lena disappeared in August 2007.",
        { act: "movement.disappear", word: "disappeared", actor: "My daughter Lena=lena", time: ["in August 2007", "2007-08-01", "2007-08-31"], confidence: 0.91 }],
      ["He said that the Union took her passport and that she was locked up for a month after she asked for a telephone.",
        { act: "property.seize", word: "took", actor: "the Union=union", target: "her passport", by: ["He=brask|said"], confidence: 0.7 },
        { act: "liberty.detain", word: "locked up", actor: null, target: "she=lena", by: ["He=brask|said"], confidence: 0.67 }],
      ["On 11 June the guards threw stones at us, and a stone hit my neighbour Petra Sand on the head.",
        { act: "violence.attack", word: "threw", actor: "the guards", target: "us", time: ["On 11 June", "2019-06-11", "2019-06-11"], confidence: 0.75 }],
    ],
  },
  {
    name: "رسائل/شهادة-سامر.txt", date: "2018-02-11", language: "ar",
    title: "شهادة سامر الخطيب", publisher: "راديو الضفة",
    sentences: [
      ["قال سامر الخطيب إن حرس المعسكر اعتقلوا أخاه في دير السلم يوم 3 شباط 2018.",
        { act: "liberty.detain", word: "اعتقلوا", actor: "حرس المعسكر", target: "أخاه", place: "دير السلم", time: ["يوم 3 شباط 2018", "2018-02-03", "2018-02-03"], by: ["سامر الخطيب=samir|قال"], confidence: 0.55 }],
      ["Samer al-Khatib told the radio 📻 that the guards beat his brother 👤 in دير السلم.",
        { act: "violence.beat", word: "beat", actor: "the guards", target: "his brother", place: "دير السلم", by: ["Samer al-Khatib=samir|told"], confidence: 0.5 }],
    ],
  },
  {
    name: "web/<script>alert('name')</script>.html", date: "2017-07-01",
    title: "<b>Bold</b> & <script>alert('title')</script>",
    publisher: "\"><svg onload=alert(2)> Weekly",
    sentences: [
      ["The <img src=x onerror=alert(1)> Front & its allies burned the archive of Karv.",
        { act: "property.destroy", word: "burned", actor: "The <img src=x onerror=alert(1)> Front=markup", target: "the archive of Karv", place: "Karv", confidence: 0.62 }],
      ["The Provisional Coordination of the Families of Those Who Were Taken from the Villages of the Upper Selm and Its Tributaries in the Winters of the Second Emergency accuses </script><script>alert(3)</script> of it.",
        { act: "justice.accuse", word: "accuses", actor: "The Provisional Coordination of the Families of Those Who Were Taken from the Villages of the Upper Selm and Its Tributaries in the Winters of the Second Emergency=longest", target: "</script><script>alert(3)</script>", confidence: 0.31 }],
    ],
  },
];

const given = ["Anna", "Boris", "Clara", "Davit", "Elin", "Farid", "Greta",
  "Hanno", "Irena", "Jonas", "Katya", "Luka", "Mirela", "Nadia", "Oskar"];
const family = ["Holt", "Dusk", "Sand", "Varga", "Quist", "Rell", "Tamm",
  "Ebner", "Loris", "Novik", "Aster", "Pell"];
const outlets = ["Velmara News Agency", "The Harbour Post",
  "Northern Gazette", "The Lantern", "Bureau for the Detained",
  "The Orhem Courier", "Radio Selm"];
const doers = ["the security police of Velmara=police",
  "the Union of the Steadfast=union", "soldiers", "unknown men"];
const deeds = [["arrested", "liberty.arrest"], ["detained", "liberty.detain"],
  ["beat", "violence.beat"], ["killed", "life.kill"],
  ["tortured", "violence.torture"], ["expelled", "movement.expel"],
  ["threatened", "threat.threaten"], ["sued", "justice.sue"],
  ["evicted", "property.seize"]];

/* Numbers that look random and are the same each time (mulberry32). */
export function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const months = ["January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December"];
const iso = (y, m, d) =>
  `${y}-${String(m + 1).padStart(2, "0")}-${String(d).padStart(2, "0")}`;

/* `count` documents, each telling of some incidents that others tell too. */
export function patterned(count) {
  const roll = dice(7);
  const pick = (list) => list[Math.floor(roll() * list.length)];
  const towns = Object.keys(places).filter((p) => !/[^ -~]/.test(p));
  const incidents = Array.from({ length: Math.ceil(count * 0.8) }, (_, i) => {
    const [y, m, d] = [1998 + Math.floor(22 * Math.sqrt(roll())),
      Math.floor(roll() * 12), 1 + Math.floor(roll() * 28)];
    const many = roll() < 0.2 ? 3 + Math.floor(roll() * 40) : 0;
    const name = `${pick(given)} ${pick(family)}`;
    return { key: `i${i}`, y, m, d, many, name, doer: pick(doers),
      deed: pick(deeds), town: pick(towns) };
  });
  return Array.from({ length: count }, (_, i) => {
    const outlet = pick(outlets);
    const told = [pick(incidents), pick(incidents), pick(incidents)];
    const { y, m, d } = told[0];
    return {
      name: `archive/${y}/${String(i + 1).padStart(4, "0")}.txt`,
      date: iso(y, m, d), publisher: outlet,
      title: `${told[0].town}: what witnesses say`,
      sentences: told.map((e) => retold(e, roll, pick)),
    };
  });
}

function retold(e, roll, pick) {
  const who = `${pick(given)} ${pick(family)}`;
  const [verb, act] = e.deed;
  const [doer, key] = e.doer.split("=");
  const number = e.many && (roll() < 0.3 ? e.many + 2 : e.many);
  const whom = number ? `${number} people` : e.name;
  const day = `on ${e.d} ${months[e.m]} ${e.y}`;
  const denies = roll() < 0.12;
  const text = denies
    ? `${who} denied that ${doer} ${verb} ${whom} in ${e.town} ${day}.`
    : `${who} said that ${doer} ${verb} ${whom} in ${e.town} ${day}.`;
  return [text, {
    act, word: verb, actor: key ? `${doer}=${key}` : doer,
    target: number ? whom : `${whom}=name:${whom}`, place: e.town,
    time: [day, iso(e.y, e.m, e.d), iso(e.y, e.m, e.d)],
    count: number ? [number, "=", "people"] : null,
    by: [`${who}=name:${who}|${denies ? "denied" : "said"}`],
    modality: denies ? "denied" : "asserted", event: e.key,
    confidence: Math.round((0.3 + 0.68 * roll()) * 100) / 100,
  }];
}

"use strict";
// The page's own script: reads the data block, fills the tables, draws the network. Whatever comes from reports is set
// as text, never as HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  // Okabe & Ito's colours, told apart by colour-blind readers, and a shape for each label for print in grey.
  const LOOKS = {
    ACTOR: ["#d55e00", "circle"], PROGRAM: ["#0072b2", "rect"], POLICY: ["#56b4e9", "diamond"], ORG: ["#009e73", "triangle"],
    GROUP: ["#e69f00", "roundRect"], PERSON: ["#cc79a7", "pin"], EVENT: ["#f0e442", "arrow"], WORK: ["#000000", "diamond"],
    PLACE: ["#999999", "triangle"],
  };
  const OTHER = ["#bbbbbb", "circle"];
  const zh = () => root.dataset.language === "zh";
  const say = (chinese, english) => (zh() ? chinese : english);
  const word = (label) => (data.words[label] ? say(...data.words[label]) : label);
  const look = (label) => LOOKS[label] || OTHER;
  const [windowZh, windowEn] = data.words.window;

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key === "class") made.className = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined).map((child) =>
      (child instanceof Node ? child : document.createTextNode(String(child)))));
    return made;
  }
  const fill = (target, ...children) => target.replaceChildren(...children);
  const row = (cells, tag = "td") => element("tr", {}, ...cells.map((cell) =>
    (cell instanceof Node && ["TD", "TH"].includes(cell.tagName) ? cell : element(tag, {}, cell))));
  const number = (n) => n.toLocaleString(zh() ? "zh-CN" : "en-GB");
  const over = (text) => element("th", { class: "number", scope: "col" }, text);
  const cell = (n) => (n ? element("td", { class: "number" }, number(n)) : element("td", { class: "number none" }, say("未提及", "—")));

  // ---- headline -------------------------------------------------------------------------------------------------
  function headline() {
    const c = data.counts;
    $("title").textContent = say(`${data.title}：报告分析`, `${data.title}: analysis of reports`);
    document.title = $("title").textContent;
    $("headline").textContent = say(
      `${number(c.documents)} 篇报告${c.reprints ? `（另有转载 ${number(c.reprints)} 篇，不计）` : ""}，${number(c.chars)} 字，${number(c.sentences)} 句；识别 ${number(c.mentions)} 处提及、${number(c.entities)} 个实体；网络有 ${number(c.nodes)} 个节点、${number(c.edges)} 条边。`,
      `${number(c.documents)} reports${c.reprints ? ` (and ${number(c.reprints)} reprints, not counted)` : ""}, ${number(c.chars)} characters, ${number(c.sentences)} sentences; ${number(c.mentions)} mentions of ${number(c.entities)} entities; a network of ${number(c.nodes)} nodes and ${number(c.edges)} edges.`);
    fill($("contents"), ...[...document.querySelectorAll("main section")].filter((s) => !s.hidden).map((section) => {
      const title = section.querySelector(`h2 .${root.dataset.language}`);
      return element("a", { href: `#${section.id}` }, title.textContent);
    }));
    for (const each of document.querySelectorAll(".window-zh")) each.textContent = windowZh;
    for (const each of document.querySelectorAll(".window-en")) each.textContent = windowEn;
    $("language").textContent = say("English", "中文");
  }

  // ---- actors by place --------------------------------------------------------------------------------------------
  function linkage() {
    const { places, counts } = data.linkage;
    const about = new Map(data.places.map(([name, documents, sentences]) => [name, [documents, sentences]]));
    const head = row([say("地区", "Place"), ...[say("篇数", "Documents"), say("句数", "Sentences"),
      ...data.actors.map(([, chinese, english]) => say(chinese, english))].map(over)], "th");
    const rows = places.map((place, i) => {
      const total = i === places.length - 1;
      const [documents, sentences] = about.get(place) || ["", ""];
      const made = row([element("th", { scope: "row" }, total ? say("合计", "Total") : place),
        element("td", { class: "number" }, documents), element("td", { class: "number" }, sentences), ...counts[i].map(cell)]);
      if (total) made.className = "total";
      return made;
    });
    fill($("linkage"), element("thead", {}, head), element("tbody", {}, ...rows));
  }

  // ---- the network's edges, as the filters leave them ---------------------------------------------------------------
  const nodes = data.network.nodes.map(([name, label, mentions, x, y, cluster]) => ({ name, label, mentions, x, y, cluster }));
  const edges = data.network.edges.map(([a, b, windows, planned, negated, npmi, evidence]) => ({ a, b, windows, planned, negated, npmi, evidence }));
  const chosen = { place: -2, weight: 1, name: "", labels: new Set(nodes.map((node) => node.label)) };
  const weight = (edge) => (chosen.place === -2 ? edge.windows : edge.evidence.places[chosen.place] || 0);
  function kept() {
    const has = (node) => node.name.includes(chosen.name);
    return edges.filter((edge) => weight(edge) >= Math.max(1, chosen.weight)
      && chosen.labels.has(nodes[edge.a].label) && chosen.labels.has(nodes[edge.b].label)
      && (!chosen.name || has(nodes[edge.a]) || has(nodes[edge.b])));
  }

  // ---- actors by initiatives ----------------------------------------------------------------------------------------
  function cross() {
    const actors = data.actors.map(([, chinese]) => chinese);
    const found = new Map();
    for (const edge of edges) {
      const [a, b] = [nodes[edge.a], nodes[edge.b]];
      const [actor, other, i] = a.label === "ACTOR" ? [a, b, edge.b] : [b, a, edge.a];
      if (actor.label !== "ACTOR" || !["PROGRAM", "POLICY"].includes(other.label)) continue;
      if (!found.has(i)) found.set(i, new Map());
      found.get(i).set(actor.name, edge);
    }
    const sum = (cells) => [...cells.values()].reduce((total, edge) => total + edge.windows, 0);
    const ranked = [...found].sort((x, y) => sum(y[1]) - sum(x[1]) || (nodes[x[0]].name < nodes[y[0]].name ? -1 : 1));
    const rows = ranked.slice(0, data.network.matrix_rows).map(([i, cells]) => row([
      element("th", { scope: "row" }, swatch(nodes[i].label), nodes[i].name),
      ...actors.map((name) => {
        const edge = cells.get(name);
        if (!edge) return element("td", { class: "number none" }, say("未提及", "—"));
        return element("td", { class: "number" }, element("button", { type: "button", class: "count", onclick: () => show(edge, true) }, number(edge.windows)));
      })]));
    $("matrix").hidden = !rows.length;
    fill($("cross"), element("thead", {}, row([say("政策与项目", "Initiative"), ...data.actors.map(([, chinese, english]) => over(say(chinese, english)))], "th")),
      element("tbody", {}, ...rows));
  }
  function swatch(label) {
    const made = element("span", { class: "swatch", title: word(label) });
    made.style.background = look(label)[0];
    return made;
  }

  // ---- network --------------------------------------------------------------------------------------------------------
  let chart = null;
  function network() {
    const shown = kept();
    const used = new Set(shown.flatMap((edge) => [edge.a, edge.b]));
    const most = Math.max(1, ...nodes.map((node) => node.mentions));
    const heaviest = Math.max(1, ...shown.map(weight));
    const labelled = new Set([...used].sort((x, y) => nodes[y].mentions - nodes[x].mentions).slice(0, 50));
    $("network-count").textContent = say(`${used.size} 个节点，${shown.length} 条边`, `${used.size} nodes, ${shown.length} edges`);
    chart = chart || echarts.init($("chart"), null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      tooltip: { renderMode: "richText", confine: true, formatter: (item) => (item.dataType === "edge"
        ? `${nodes[item.data.edge.a].name} × ${nodes[item.data.edge.b].name}：${weight(item.data.edge)}`
        : `${item.data.full}\n${word(item.data.kind)} · ${say("频次", "mentions")} ${item.data.mentions}`) },
      series: [{
        type: "graph", layout: "none", roam: true, draggable: true, cursor: "pointer", scaleLimit: { min: 0.2, max: 12 },
        data: [...used].sort((x, y) => x - y).map((i) => ({
          id: String(i), name: String(i), full: nodes[i].name, kind: nodes[i].label, mentions: nodes[i].mentions,
          x: nodes[i].x, y: nodes[i].y, symbol: look(nodes[i].label)[1], symbolSize: 8 + 32 * Math.sqrt(nodes[i].mentions / most),
          itemStyle: { color: look(nodes[i].label)[0], borderColor: "#fff", borderWidth: 1 },
          label: { show: labelled.has(i), formatter: nodes[i].name.length > 16 ? `${nodes[i].name.slice(0, 15)}…` : nodes[i].name },
        })),
        links: shown.map((edge) => ({
          source: String(edge.a), target: String(edge.b), edge,
          lineStyle: { width: 0.8 + 5 * weight(edge) / heaviest, color: "#7a7a7a", opacity: 0.55 },
        })),
        label: { position: "right", color: "#1c1c1c", fontSize: 12, textBorderColor: "#fff", textBorderWidth: 2 },
        labelLayout: { hideOverlap: true },
        emphasis: { focus: "adjacency", lineStyle: { opacity: 1, width: 4 }, label: { show: true } },
      }],
    }, { replaceMerge: ["series"] });
    edgeList(shown);
  }
  function edgeList(shown) {
    const ranked = [...shown].sort((x, y) => weight(y) - weight(x)).slice(0, 300);
    fill($("edges"), element("thead", {}, row([say("一端", "One end"), say("另一端", "Other end"),
      ...[say("次数", "Count"), say("其中计划", "Planned"), say("其中否定", "Negated"), "NPMI"].map(over), ""], "th")),
      element("tbody", {}, ...ranked.map((edge) => row([
        nodes[edge.a].name, nodes[edge.b].name, element("td", { class: "number" }, number(weight(edge))),
        element("td", { class: "number" }, edge.planned), element("td", { class: "number" }, edge.negated),
        element("td", { class: "number" }, edge.npmi.toFixed(2)),
        element("button", { type: "button", onclick: () => show(edge, true) }, say("看原文", "Sentences"))]))));
  }

  // ---- evidence -------------------------------------------------------------------------------------------------------
  let current = null;
  function show(edge, scroll = false) {
    current = edge;
    const { rows, places } = edge.evidence;
    const here = rows.filter((each) => chosen.place === -2 || each[2] === chosen.place);
    const total = chosen.place === -2 ? Object.values(places).reduce((x, y) => x + y, 0) : places[chosen.place] || 0;
    const status = { planned: say("计划", "planned"), negated: say("否定", "negated") };
    fill($("evidence"),
      element("h3", {}, `${nodes[edge.a].name} × ${nodes[edge.b].name}`),
      element("p", { class: "note" }, say(`${number(total)} 句原文`, `${number(total)} sentences`),
        total > here.length ? say(`，这里显示 ${here.length} 句，其余见 evidence.csv`, `, ${here.length} shown here; the rest is in evidence.csv`) : ""),
      ...here.map(([path, section, place, state, text, span, source, target]) => element("article", {},
        element("p", { class: "where" }, [path, section, place >= 0 ? data.places[place][0] : "", span].filter(Boolean).join(" · "),
          status[state] ? element("span", { class: "status" }, status[state]) : null),
        element("p", { class: "text" }, ...marked(text, source, target)))));
    if (scroll) $("evidence").scrollIntoView({ block: "nearest" });
    if (scroll) $("evidence").focus({ preventScroll: true });
  }
  function marked(text, source, target) {
    // Offsets count characters, JavaScript strings UTF-16 units.
    const characters = Array.from(text);
    const of = new Array(characters.length).fill("");
    for (const [from, to] of target) of.fill("target", from, to);
    for (const [from, to] of source) of.fill("source", from, to);
    const parts = [];
    for (let i = 0, j; i < characters.length; i = j) {
      for (j = i; j < characters.length && of[j] === of[i]; j += 1);
      const piece = characters.slice(i, j).join("");
      parts.push(of[i] ? element("mark", { class: of[i] }, piece) : piece);
    }
    return parts;
  }

  // ---- filters --------------------------------------------------------------------------------------------------------
  function filters() {
    const option = (value, text) => element("option", { value }, text);
    fill($("by-place"), option(-2, say("全部", "All")), ...data.places.map(([name], i) => option(i, name)), option(-1, say("未定地区", "No place")));
    $("by-place").value = chosen.place;
    const labels = [...new Set(nodes.map((node) => node.label))].sort();
    fill($("by-label"), $("by-label").querySelector("legend"), ...labels.map((label) => {
      const box = element("input", { type: "checkbox", value: label, onchange: (event) => {
        if (event.target.checked) chosen.labels.add(label); else chosen.labels.delete(label);
        network();
      } });
      box.checked = chosen.labels.has(label);
      return element("label", {}, box, " ", swatch(label), word(label));
    }));
    const figured = [...new Set(data.indicators.rows.map((each) => each[0]).filter(Boolean))];
    const held = $("figure-place").value;
    fill($("figure-place"), option("", say("全部", "All")), ...figured.map((name) => option(name, name)));
    $("figure-place").value = held;
    fill($("find-label"), option("", say("全部", "All")), ...[...new Set(data.entities.rows.map((each) => each[1]))].map((label) => option(label, word(label))));
  }

  // ---- names ----------------------------------------------------------------------------------------------------------
  function names() {
    const [text, label] = [$("find").value.trim(), $("find-label").value];
    const found = data.entities.rows.filter((each) => (!label || each[1] === label)
      && (!text || each[0].includes(text) || each[4].some((alias) => alias.includes(text))));
    $("found").textContent = say(`${number(found.length)} 个`, `${number(found.length)} found`)
      + (data.entities.total > data.entities.rows.length
        ? say(`（页内有频次最高的 ${number(data.entities.rows.length)} 个，共 ${number(data.entities.total)} 个）`, ` (the page has the ${number(data.entities.rows.length)} most frequent of ${number(data.entities.total)})`) : "");
    fill($("names"), element("thead", {}, row([say("名称", "Name"), say("标签", "Label"), over(say("频次", "Mentions")), over(say("篇数", "Documents")), say("写法", "Surface forms")], "th")),
      element("tbody", {}, ...found.slice(0, 200).map(([name, kind, mentions, documents, aliases]) => row([
        name, element("td", {}, swatch(kind), word(kind)), element("td", { class: "number" }, number(mentions)),
        element("td", { class: "number" }, number(documents)), aliases.filter((alias) => alias !== name).join("、")]))));
  }

  // ---- indicators and keyness -----------------------------------------------------------------------------------------
  function figures() {
    const { rows, total } = data.indicators;
    $("indicators").hidden = !total;
    const [text, place] = [$("find-figure").value.trim(), $("figure-place").value];
    const found = rows.filter((each) => (!place || each[0] === place) && (!text || each[2].includes(text) || each[7].includes(text)));
    $("figures-found").textContent = say(`${number(found.length)} 个`, `${number(found.length)} found`)
      + (total > rows.length ? say(`（页内 ${number(rows.length)} 个，共 ${number(total)} 个）`, ` (${number(rows.length)} of ${number(total)} are on this page)`) : "");
    const status = { planned: say("计划", "planned"), negated: say("否定", "negated") };
    fill($("figures"), element("thead", {}, row([say("地区", "Place"), say("年份", "Year"), say("指标", "Indicator"), over(say("数值", "Value")), say("原文", "Sentence")], "th")),
      element("tbody", {}, ...found.slice(0, 300).map(([where, year, subject, value, modifier, state, path, sentence]) => row([
        where || say("未定", "—"), year || "", element("td", {}, subject, status[state] ? element("span", { class: "status" }, status[state]) : null),
        element("td", { class: "number" }, `${modifier && !value.includes(modifier) ? modifier : ""}${value}`),
        element("td", { title: path }, sentence)]))));
  }
  function keyness() {
    $("keyness").hidden = !data.keyness.length;
    fill($("key-terms"), element("tbody", {}, ...data.keyness.map(([name, terms]) => row([
      element("th", { scope: "row" }, name),
      element("td", {}, ...terms.flatMap(([term, count, , sure], i) => [i ? "、" : "", element(sure ? "u" : "span", {}, `${term}（${number(count)}）`)]))]))));
  }

  const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}%`;
  function topics() {
    const { rows, places, shares, notes } = data.topics;
    $("topics").hidden = !rows.length && !notes.length;
    fill($("topic-list"), ...rows.map(([name, share, units, npmi, stability, terms, sentences]) => element("details", { class: "topic" },
      element("summary", {}, element("b", {}, name), ` ${percent(share)} · ${say(`${number(units)} 段为主`, `${number(units)} paragraphs`)} · NPMI ${npmi.toFixed(2)} · ${say("稳定性", "stability")} ${stability.toFixed(2)}`),
      element("p", {}, terms.join("、")),
      element("ul", {}, ...sentences.map(([text, path]) => element("li", { title: path }, text))))));
    fill($("topic-places"), ...(places.length > 1 ? [
      element("thead", {}, row([say("地区", "Place"), ...rows.map(([name]) => over(name))], "th")),
      element("tbody", {}, ...places.map((place, i) => row([element("th", { scope: "row" }, place),
        ...shares[i].map((share) => element("td", { class: "number" }, percent(share)))])))] : []));
    fill($("topic-notes"), ...notes.map((note) => element("p", { class: "note" }, note)));
  }

  // ---- the rest -------------------------------------------------------------------------------------------------------
  function rest() {
    const { rows, total } = data.problems;
    $("problems").hidden = !total;
    fill($("problem-rows"), element("tbody", {}, ...rows.map((each) => row(each))));
    $("method-zh").textContent = data.method.zh;
    $("method-en").textContent = data.method.en;
    $("versions").textContent = Object.entries(data.versions).map(([name, version]) => `${name} ${version}`).join(" · ");
    const { edges_left_out: left, sentences_left_out: sentences } = data.network;
    $("left-out").textContent = left || sentences
      ? say(`为使页面轻便，未放入 ${number(left)} 条较弱的边和 ${number(sentences)} 句原文，全部在 edges.csv 与 evidence.csv 中。`,
        `To keep the page light, ${number(left)} weaker edges and ${number(sentences)} sentences were left to edges.csv and evidence.csv.`) : "";
  }
  function all() {
    headline(); linkage(); cross(); filters(); names(); figures(); keyness(); topics(); rest(); network(); headline();
    if (current) show(current);
  }

  $("language").addEventListener("click", () => {
    root.dataset.language = zh() ? "en" : "zh";
    root.lang = zh() ? "zh-Hans" : "en";
    all();
  });
  $("print").addEventListener("click", () => window.print());
  $("by-place").addEventListener("change", (event) => { chosen.place = Number(event.target.value); network(); if (current) show(current); });
  $("by-weight").addEventListener("input", (event) => { chosen.weight = Number(event.target.value) || 1; network(); });
  $("by-name").addEventListener("input", (event) => { chosen.name = event.target.value.trim(); network(); });
  $("find").addEventListener("input", names);
  $("find-label").addEventListener("change", names);
  $("find-figure").addEventListener("input", figures);
  $("figure-place").addEventListener("change", figures);
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
  $("copy").addEventListener("click", () => {
    const text = say(data.method.zh, data.method.en);
    const box = element("textarea", {}, text);
    document.body.append(box);
    box.select();
    $("copied").textContent = document.execCommand("copy") ? say("已复制", "Copied") : say("请手动选择复制", "Select and copy it by hand");
    box.remove();
  });
  all();
  chart.on("click", (item) => { if (item.dataType === "edge") show(item.data.edge); });
  window.addEventListener("resize", () => chart.resize());
  window.swnlp = { chart, chosen, edges, nodes };
})();

// Opens a report page from file:// in Chromium, uses it as a reader would, and prints what was seen as JSON.
// node drive.mjs CHROMIUM PAGE SCREENSHOT
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";

const [executablePath, page, screenshot] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
const seen = { errors: [], requests: [], dialogs: 0 };
try {
  const tab = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
  tab.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  tab.on("pageerror", (error) => seen.errors.push(String(error)));
  tab.on("request", (request) => request.url().startsWith("http") && seen.requests.push(request.url()));
  tab.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  await tab.goto(pathToFileURL(page).href);
  await tab.waitForFunction(() => window.swnlp && window.swnlp.chart.getOption());
  const shown = () => tab.evaluate(() => {
    const [series] = window.swnlp.chart.getOption().series;
    return { nodes: series.data.length, edges: series.links.length };
  });
  seen.title = await tab.title();
  seen.headline = await tab.textContent("#headline");
  seen.whole = await shown();
  seen.linkage = await tab.textContent("#linkage");
  seen.topics = await tab.$$eval("#topic-list summary b", (all) => all.map((each) => each.textContent));
  seen.topic_notes = await tab.textContent("#topic-notes");
  await tab.screenshot({ path: screenshot, fullPage: true });

  // A click in the middle of an edge, where the chart drew it.
  const point = await tab.evaluate(() => {
    const { chart } = window.swnlp;
    const graph = chart.getModel().getSeriesByIndex(0).getGraph();
    const points = graph.edges.map((edge) => edge.getLayout()).map(([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, points[0]);
    const box = document.getElementById("chart").getBoundingClientRect();
    return { x: box.x + x + window.scrollX, y: box.y + y + window.scrollY };
  });
  await tab.evaluate(({ y }) => window.scrollTo(0, y - 400), point);
  const top = await tab.evaluate(() => window.scrollY);
  await tab.mouse.click(point.x, point.y - top);
  seen.clicked = { title: await tab.textContent("#evidence h3").catch(() => null), marks: await tab.locator("#evidence mark").allTextContents(),
    where: await tab.locator("#evidence .where").first().textContent().catch(() => null) };

  // From the keyboard.
  await tab.click("#edge-list summary");
  await tab.locator("#edges button").first().focus();
  await tab.keyboard.press("Enter");
  seen.keyboard = await tab.textContent("#evidence h3");

  const places = await tab.locator("#by-place option").allTextContents();
  seen.places = places;
  await tab.selectOption("#by-place", { index: 1 });
  seen.one_place = await shown();
  await tab.selectOption("#by-place", { index: 0 });
  await tab.fill("#by-weight", "99999");
  seen.too_heavy = await shown();
  await tab.fill("#by-weight", "1");
  await tab.locator("#by-label input").first().uncheck();
  seen.without_label = await shown();
  await tab.locator("#by-label input").first().check();
  seen.again = await shown();

  await tab.fill("#find", "社");
  seen.found = await tab.textContent("#found");
  await tab.click("#language");
  seen.english = { heading: await tab.locator("#network h2 .en").isVisible(), chinese: await tab.locator("#network h2 .zh").isVisible(),
    headline: await tab.textContent("#headline"), lang: await tab.getAttribute("html", "lang") };
  seen.page_text = await tab.evaluate(() => document.body.innerText);
  seen.injected = await tab.evaluate(() => Boolean(window.injected) || document.querySelectorAll("main script, main img, main iframe").length);
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));

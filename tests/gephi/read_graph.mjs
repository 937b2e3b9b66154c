// Reads a GEXF or GraphML file with the parsers that Gephi Lite uses and prints the graph as JSON.
//
//   node read_graph.mjs [--lite] FILE.gexf|FILE.graphml
//
// Gephi Lite (and --lite) lets undeclared attributes and missing nodes pass; here they are errors, and so is XML that its
// parser only warns about. Exit status: 0 read, 1 not readable, 2 wrong call.
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { UndirectedGraph } from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const lite = process.argv[2] === "--lite";
const [file, ...rest] = process.argv.slice(lite ? 3 : 2);
if (!file || rest.length) {
  console.error("usage: node read_graph.mjs [--lite] FILE.gexf|FILE.graphml");
  process.exit(2);
}

const complain = (level, message) => {
  throw new Error(`${level}: ${message}`);
};

try {
  const text = readFileSync(file, "utf8");
  const document = new DOMParser({ onError: complain }).parseFromString(text, "application/xml");
  const { parse } = file.endsWith(".graphml") ? graphml : gexf;
  const graph = parse(UndirectedGraph, text, { allowUndeclaredAttributes: lite });
  const elements = (name) => document.getElementsByTagName(name).length;
  if (elements("node") !== graph.order || elements("edge") !== graph.size) {
    throw new Error(`${elements("node")} nodes and ${elements("edge")} edges became ${graph.order} and ${graph.size}`);
  }
  console.log(
    JSON.stringify({
      type: graph.type,
      multi: graph.multi,
      attributes: graph.getAttributes(),
      nodes: graph.mapNodes((id, attributes) => ({ id, attributes })),
      edges: graph.mapEdges((id, attributes, source, target) => ({ id, source, target, attributes })),
    }),
  );
} catch (error) {
  console.error(`${file}: ${error.message}`);
  process.exit(1);
}

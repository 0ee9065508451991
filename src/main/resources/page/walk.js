// Keyboard navigation of the graph: along its edges, or by moving the drawing.

/** The distance of one move of the drawing, in pixels. */
const STEP = 60;

/**
 * Adds keyboard navigation to a graph. chosen() returns the place of the chosen action, or undefined; model() returns the current
 * model, which may be replaced at any time.
 */
export function walk(graph, { model, chosen, choose, close }) {
  graph.canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    const other = {
      '+': () => graph.zoom(1.25), '=': () => graph.zoom(1.25), '-': () => graph.zoom(0.8), 0: () => graph.fit(),
      Enter: () => choose(begin(model())), Escape: close,
    }[event.key];
    if (!by && !other) return;
    event.preventDefault();
    event.stopPropagation();
    if (other) other();
    else if (chosen() === undefined || event.shiftKey || model().groups) graph.move(...by);
    else choose(next(model(), chosen(), event.key));
  });
}

/** The first running or failed action; otherwise the first action. */
function begin({ nodes }) {
  return nodes.length === 0 ? undefined : Math.max(0, nodes.findIndex((node) => ['ONGOING', 'FAILED'].includes(node.state)));
}

/** The nearest parent, child, or action of the same column. */
function next(model, at, key) {
  const { nodes } = model, from = nodes[at];
  const way = key === 'ArrowUp' ? -1 : 1;
  const near = key === 'ArrowLeft' || key === 'ArrowRight' ? model.neighbours(at, key === 'ArrowRight')
    : nodes.map((_, place) => place).filter((place) => nodes[place].x === from.x && (nodes[place].y - from.y) * way > 0);
  return near.sort((one, other) => Math.abs(nodes[one].y - from.y) - Math.abs(nodes[other].y - from.y))[0];
}

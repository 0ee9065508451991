// The graph by keys: from action to action along its edges, or the drawing is moved.

/** How far one press moves the drawing. */
const STEP = 60;

/**
 * Lets keys move through a graph. What is chosen now is a place, or undefined; it asks for the model anew each time, since
 * that may be another one by then.
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

/** Where there is something to see; else the first action. */
function begin({ nodes }) {
  return nodes.length === 0 ? undefined : Math.max(0, nodes.findIndex((node) => ['ONGOING', 'FAILED'].includes(node.state)));
}

/** A parent, a child, or the next one of the same column: the nearest. */
function next(model, at, key) {
  const { nodes } = model, from = nodes[at];
  const way = key === 'ArrowUp' ? -1 : 1;
  const near = key === 'ArrowLeft' || key === 'ArrowRight' ? model.neighbours(at, key === 'ArrowRight')
    : nodes.map((_, place) => place).filter((place) => nodes[place].x === from.x && (nodes[place].y - from.y) * way > 0);
  return near.sort((one, other) => Math.abs(nodes[one].y - from.y) - Math.abs(nodes[other].y - from.y))[0];
}

// The graph of a plan on a canvas: pan, zoom, fit, and what lies under the pointer.
import { mark, palette } from './states.js';

const WIDTH = 168;
const HEIGHT = 34;
const COLUMN = 236;
const ROW = 50;
const LEGIBLE = 0.45;
const LINES_DRAWN = 40000;

export class Graph {
  #canvas; #context; #nodes = []; #edges = []; #scale = 1; #x = 0; #y = 0; #frame = 0; #colours = palette();
  #selected = -1; #critical = new Set(); #visible = () => true; #touched = false;

  /** Calls chosen(uuid or null) when somebody clicks. */
  constructor(canvas, chosen) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#listen(chosen);
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(canvas);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolour = () => { this.#colours = palette(); this.draw(); };
    this.scheme.addEventListener('change', this.recolour);
  }

  close() {
    this.observer.disconnect();
    this.scheme.removeEventListener('change', this.recolour);
    cancelAnimationFrame(this.#frame);
  }

  /** Takes nodes with column and row, and edges between their places. */
  show(nodes, edges) {
    this.#nodes = nodes;
    this.#edges = edges;
    nodes.forEach((node) => { node.x = node.column * COLUMN; node.y = node.row * ROW; });
    if (!this.#touched) this.fit();
    this.draw();
  }

  select(place) { this.#selected = place; this.draw(); }
  critical(places) { this.#critical = places; this.draw(); }
  filter(visible) { this.#visible = visible; this.draw(); }

  /** Brings everything into view. */
  fit() {
    if (this.#nodes.length === 0) return;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const { x, y } of this.#nodes) {
      left = Math.min(left, x); right = Math.max(right, x + WIDTH);
      top = Math.min(top, y); bottom = Math.max(bottom, y + HEIGHT);
    }
    this.#scale = Math.min(1.2, (width - 48) / (right - left), (height - 48) / (bottom - top));
    this.#x = (width - (right - left) * this.#scale) / 2 - left * this.#scale;
    this.#y = (height - (bottom - top) * this.#scale) / 2 - top * this.#scale;
    this.draw();
  }

  zoom(factor, x = this.#canvas.clientWidth / 2, y = this.#canvas.clientHeight / 2) {
    const scale = Math.min(3, Math.max(0.005, this.#scale * factor));
    this.#x = x - (x - this.#x) * scale / this.#scale;
    this.#y = y - (y - this.#y) * scale / this.#scale;
    this.#scale = scale;
    this.#touched = true;
    this.draw();
  }

  move(x, y) { this.#x += x; this.#y += y; this.#touched = true; this.draw(); }

  /** Brings one action to the middle. */
  centre(place) {
    const node = this.#nodes[place];
    this.#scale = Math.max(this.#scale, 0.8);
    this.#x = this.#canvas.clientWidth / 2 - (node.x + WIDTH / 2) * this.#scale;
    this.#y = this.#canvas.clientHeight / 2 - (node.y + HEIGHT / 2) * this.#scale;
    this.#touched = true;
    this.draw();
  }

  draw() {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#paint(); });
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio);
    if (this.#touched) this.draw(); else this.fit();
  }

  #paint() {
    const context = this.#context;
    const ratio = devicePixelRatio || 1;
    const scale = this.#scale;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#canvas.clientWidth, this.#canvas.clientHeight);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * this.#x, ratio * this.#y);
    const view = { left: -this.#x / scale - WIDTH, top: -this.#y / scale - HEIGHT,
      right: (this.#canvas.clientWidth - this.#x) / scale, bottom: (this.#canvas.clientHeight - this.#y) / scale };
    this.#paintEdges(context, view);
    this.#paintNodes(context, view, scale >= LEGIBLE);
  }

  #paintEdges(context, view) {
    const styles = {
      depends_on: [this.#colours.soft, [], 0.55], alternative: [this.#colours.accent, [], 1],
      replaced: [this.#colours.soft, [3, 5], 0.35], reverts: [this.#colours.states.CANCELLED, [2, 4], 0.8],
    };
    const step = Math.ceil(this.#edges.length / LINES_DRAWN);
    for (const kind of Object.keys(styles)) {
      const [colour, dash, alpha] = styles[kind];
      context.strokeStyle = colour;
      context.globalAlpha = alpha;
      context.setLineDash(dash);
      context.lineWidth = Math.max(1.2, 0.7 / this.#scale);
      context.beginPath();
      for (let at = 0; at < this.#edges.length; at += step) {
        const edge = this.#edges[at];
        if (edge.kind === kind) this.#line(context, edge, view);
      }
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.strokeStyle = this.#colours.focus;
    context.lineWidth = 3;
    context.beginPath();
    this.#edges.filter((edge) => this.#critical.has(edge.from) && this.#critical.has(edge.to) && edge.kind !== 'replaced')
      .forEach((edge) => this.#line(context, edge, view));
    context.stroke();
  }

  #line(context, edge, view) {
    const from = this.#nodes[edge.from], to = this.#nodes[edge.to];
    const x1 = from.x + WIDTH, y1 = from.y + HEIGHT / 2, x2 = to.x, y2 = to.y + HEIGHT / 2;
    if (Math.max(x1, x2) < view.left || Math.min(x1, x2) > view.right || Math.max(y1, y2) < view.top
      || Math.min(y1, y2) > view.bottom) return;
    const bend = Math.max(24, (x2 - x1) / 2);
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  }

  #paintNodes(context, view, legible) {
    const colours = this.#colours;
    context.font = '13px system-ui, sans-serif';
    context.textBaseline = 'middle';
    this.#nodes.forEach((node, place) => {
      if (node.x < view.left || node.x > view.right || node.y < view.top || node.y > view.bottom) return;
      const colour = colours.states[node.state] ?? colours.soft;
      context.globalAlpha = this.#visible(node) ? 1 : 0.15;
      if (!legible) {
        context.fillStyle = colour;
        context.fillRect(node.x, node.y, WIDTH, HEIGHT);
        return;
      }
      context.beginPath();
      context.roundRect(node.x, node.y, WIDTH, HEIGHT, 7);
      context.fillStyle = colours.panel;
      context.fill();
      context.setLineDash(node.state === 'STANDBY' ? [5, 4] : []);
      context.lineWidth = place === this.#selected ? 4 : node.state === 'ONGOING' ? 3 : 1.6;
      context.strokeStyle = place === this.#selected ? colours.focus : this.#critical.has(place) ? colours.focus : colour;
      context.stroke();
      context.setLineDash([]);
      context.fillStyle = colour;
      context.fillText(mark(node.state), node.x + 10, node.y + HEIGHT / 2 + 1);
      context.fillStyle = node.state === 'STANDBY' ? colours.soft : colours.text;
      context.fillText(fitted(context, node.id, WIDTH - 40), node.x + 30, node.y + HEIGHT / 2 + 1);
      if (node.progress > 0 && node.state === 'ONGOING') {
        context.fillStyle = colour;
        context.fillRect(node.x + 2, node.y + HEIGHT - 5, (WIDTH - 4) * node.progress, 3);
      }
    });
    context.globalAlpha = 1;
  }

  #under(x, y) {
    const at = { x: (x - this.#x) / this.#scale, y: (y - this.#y) / this.#scale };
    return this.#nodes.findIndex((node) => at.x >= node.x && at.x <= node.x + WIDTH && at.y >= node.y && at.y <= node.y + HEIGHT);
  }

  #listen(chosen) {
    const canvas = this.#canvas;
    const pointers = new Map();
    let moved = 0, apart = 0;
    const distance = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      moved = 0;
      if (pointers.size === 2) apart = distance();
      canvas.classList.add('dragging');
    });
    canvas.addEventListener('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      if (pointers.size === 2) {
        const now = distance();
        this.zoom(now / apart, event.offsetX, event.offsetY);
        apart = now;
        moved = 99;
        return;
      }
      moved += Math.abs(event.offsetX - before.x) + Math.abs(event.offsetY - before.y);
      if (moved > 3) this.move(event.offsetX - before.x, event.offsetY - before.y);
    });
    const up = (event) => {
      if (pointers.delete(event.pointerId) && moved <= 3 && event.type === 'pointerup') {
        const place = this.#under(event.offsetX, event.offsetY);
        chosen(place < 0 ? null : this.#nodes[place].uuid);
      }
      canvas.classList.remove('dragging');
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
    }, { passive: false });
    canvas.addEventListener('keydown', (event) => {
      const keys = { ArrowLeft: () => this.move(60, 0), ArrowRight: () => this.move(-60, 0), ArrowUp: () => this.move(0, 60),
        ArrowDown: () => this.move(0, -60), '+': () => this.zoom(1.25), '-': () => this.zoom(0.8), 0: () => this.fit() };
      if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
    });
  }
}

function fitted(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}

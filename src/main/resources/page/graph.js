// The graph of a plan on a canvas: redrawing, and hit testing.
import { Camera } from './camera.js';
import { el } from './dom.js';
import { legend } from './legend.js';
import { Minimap } from './minimap.js';
import { describe } from './model.js';
import { HEIGHT, LEGIBLE, WIDTH, bounds, paint, xOf, yOf } from './paint.js';
import { palette } from './states.js';

/** If drawing takes longer than this, in milliseconds, the last picture is moved until there is time to redraw. */
const QUICK = 10;

/** Narrower screens, in pixels, are treated as phones. */
const SMALL = 640;
const READABLE = 0.7;

export class Graph {
  canvas = el('canvas', { class: 'graph', tabindex: 0, role: 'application', 'aria-roledescription': 'graph',
    'aria-label': 'The graph of the plan; the table shows the same. Enter selects a running or failed action, and the arrow keys follow '
      + 'the edges; with Shift they move the drawing. Plus and minus zoom, 0 shows everything, Escape clears the selection.' });
  #map = el('canvas', { class: 'minimap', hidden: true, 'aria-hidden': 'true' });
  #context = this.canvas.getContext('2d'); #camera; #colours = palette(); #frame = 0; #timer = 0;
  #nodes = []; #edges = []; #fits = () => true; #chosen = -1; #critical = new Set();
  #sheet = document.createElement('canvas'); #sheetAt = null; #cost = 0; #drawnAt = 0; #stale = true; #seen = false;

  /** Calls pressed with the place of a pressed node, or -1. */
  constructor(pressed) {
    const { canvas } = this;
    this.#camera = new Camera(canvas, () => this.#request());
    this.#camera.follow((x, y) => pressed(this.under(x, y)));
    this.minimap = new Minimap(this.#map, this.#camera);
    canvas.addEventListener('mousemove', (event) => {
      const place = event.buttons ? -1 : this.under(event.offsetX, event.offsetY);
      canvas.title = place < 0 ? '' : describe(this.#nodes[place]);
      canvas.classList.toggle('over', place >= 0);
    });
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
    clearTimeout(this.#timer);
  }

  /** The canvas and its controls. */
  parts(groups) {
    const tool = (name, label, act) => el('button', { 'aria-label': label, title: label, onclick: act }, name);
    return [this.canvas, this.#map, legend(groups), el('div', { class: 'tools' },
      tool('+', 'Zoom in', () => this.zoom(1.25)), tool('−', 'Zoom out', () => this.zoom(0.8)), tool('⤢', 'Fit', () => this.fit()))];
  }

  /** Shows nodes with x and y, and edges between their places. */
  show(nodes, edges) {
    this.#nodes = nodes;
    this.#edges = edges;
    if (this.#camera.untouched) this.begin(); else this.draw();
  }

  choose(place = -1) { this.#chosen = place; this.draw(); }
  critical(places) { this.#critical = places; this.draw(); }
  filter(fits) { this.#fits = fits; this.draw(); }
  zoom(factor) { this.#camera.zoom(factor); }
  move(x, y) { this.#camera.move(x, y); }

  /** Fits the whole graph into the view. */
  fit() {
    if (this.#nodes.length > 0) this.#camera.fit(bounds(this.#nodes));
    this.draw();
  }

  /** The initial view: the whole graph; on a small screen, if that is illegible, the first running or failed action. */
  begin() {
    this.fit();
    if (this.canvas.clientWidth >= SMALL || this.#camera.scale >= READABLE || this.#nodes.length === 0) return;
    const place = Math.max(0, this.#nodes.findIndex((node) => ['ONGOING', 'FAILED'].includes(node.state)));
    const node = this.#nodes[place];
    this.#camera.centre(xOf(node) + WIDTH, yOf(node) + HEIGHT / 2, READABLE);
    this.#camera.untouched = true;
  }

  /** Moves a node to the centre, at a legible scale. */
  centre(place) {
    const node = this.#nodes[place];
    this.#camera.centre(xOf(node) + WIDTH / 2, yOf(node) + HEIGHT / 2, Math.max(this.#camera.scale, 0.8));
  }

  /** Moves a node into view if it is outside or illegible. */
  reveal(place) {
    if (place === undefined) return;
    const node = this.#nodes[place], view = this.#camera.view();
    const x = xOf(node), y = yOf(node);
    if (this.#camera.scale < LEGIBLE || x < view.left || x + WIDTH > view.right || y < view.top || y + HEIGHT > view.bottom) this.centre(place);
  }

  under(x, y) {
    const at = this.#camera.at(x, y);
    return this.#nodes.findIndex((node) => at.x >= xOf(node) && at.x <= xOf(node) + WIDTH
      && at.y >= yOf(node) && at.y <= yOf(node) + HEIGHT + (node.count ? 12 : 0));
  }

  /** Requests a redraw after a change. */
  draw() {
    this.#stale = true;
    this.#request();
  }

  #request() {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#show(); });
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(this.canvas.clientWidth * ratio);
    this.canvas.height = Math.round(this.canvas.clientHeight * ratio);
    this.#sheetAt = null;
    if (this.#camera.untouched) this.begin(); else this.draw();
  }

  /** Redraws if that is fast enough; otherwise moves the last picture, and redraws later. */
  #show() {
    if (!this.canvas.width || !this.canvas.isConnected) return;
    const wait = this.#sheetAt && this.#cost > QUICK ? this.#drawnAt + 4 * this.#cost - performance.now() : 0;
    const moved = this.#sheetAt && (this.#sheetAt.x !== this.#camera.x || this.#sheetAt.y !== this.#camera.y
      || this.#sheetAt.scale !== this.#camera.scale);
    if ((this.#stale || moved) && wait <= 0) this.#paint();
    else if (this.#stale || moved) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#request(), wait);
    }
    this.#copy();
    this.minimap.show();
  }

  #paint() {
    const begin = performance.now();
    const ratio = devicePixelRatio || 1;
    const { x, y, scale } = this.#camera;
    if (this.#sheet.width !== this.canvas.width || this.#sheet.height !== this.canvas.height) {
      this.#sheet.width = this.canvas.width;
      this.#sheet.height = this.canvas.height;
    }
    const context = this.#sheet.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#sheet.width, this.#sheet.height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
    paint(context, { nodes: this.#nodes, edges: this.#edges, fits: this.#fits, chosen: this.#chosen,
      critical: this.#critical, colours: this.#colours }, this.#camera.view(), scale);
    if (this.#stale || this.minimap.resized) this.minimap.paint(this.#nodes, this.#fits, this.#colours);
    this.#sheetAt = { x, y, scale };
    this.#stale = false;
    this.#drawnAt = performance.now();
    this.#cost = this.#drawnAt - begin;
    if (!this.#seen && this.#nodes.length > 0) {
      this.#seen = true;
      performance.measure('interlock:drawn', 'interlock:visit');
    }
  }

  #copy() {
    const ratio = devicePixelRatio || 1;
    const { x, y, scale } = this.#camera;
    const by = scale / this.#sheetAt.scale;
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#context.setTransform(by, 0, 0, by, ratio * (x - this.#sheetAt.x * by), ratio * (y - this.#sheetAt.y * by));
    this.#context.drawImage(this.#sheet, 0, 0);
  }
}

// A small picture of the whole graph with the visible part marked; pressing it moves the view.
import { chief } from './model.js';
import { HEIGHT, WIDTH, bounds, xOf, yOf } from './paint.js';

const MARGIN = 6;

export class Minimap {
  #canvas; #camera; #wide = 0; #scale = 1; #x = 0; #y = 0; #all = null; #colours = null; #sheet = document.createElement('canvas');

  constructor(canvas, camera) {
    this.#canvas = canvas;
    this.#camera = camera;
    const go = (event) => {
      if (event.buttons) camera.centre((event.offsetX - this.#x) / this.#scale, (event.offsetY - this.#y) / this.#scale);
    };
    canvas.addEventListener('pointerdown', (event) => { canvas.setPointerCapture(event.pointerId); go(event); });
    canvas.addEventListener('pointermove', go);
  }

  /** Whether its size on the screen has changed since it was drawn; a hidden minimap has no size. */
  get resized() {
    const { width } = this.#canvas.getBoundingClientRect();
    return width > 0 && Math.abs(width - this.#wide) > 1;
  }

  /** Redraws the nodes. */
  paint(nodes, fits, colours) {
    if (nodes.length === 0) return;
    this.#colours = colours;
    this.#all = bounds(nodes);
    const { left, right, top, bottom } = this.#all;
    const { width, height } = this.#canvas.getBoundingClientRect();
    const [wide, high] = [width || 200, height || 120];
    this.#wide = wide;
    const ratio = devicePixelRatio || 1;
    this.#sheet.width = wide * ratio;
    this.#sheet.height = high * ratio;
    this.#scale = Math.min((wide - 2 * MARGIN) / (right - left), (high - 2 * MARGIN) / (bottom - top));
    this.#x = (wide - (right + left) * this.#scale) / 2;
    this.#y = (high - (bottom + top) * this.#scale) / 2;
    const context = this.#sheet.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, ratio * this.#x, ratio * this.#y);
    const across = Math.max(2, WIDTH * this.#scale), down = Math.max(1.5, HEIGHT * this.#scale);
    for (const node of nodes) {
      context.fillStyle = colours.states[node.state ?? chief(node.states)] ?? colours.soft;
      context.globalAlpha = fits(node) ? 0.9 : 0.15;
      context.fillRect(xOf(node) * this.#scale, yOf(node) * this.#scale, across, down);
    }
  }

  /** Marks the visible part; hidden while everything is visible. */
  show() {
    if (!this.#all) return;
    const view = this.#camera.view(), all = this.#all;
    this.#canvas.hidden = view.left <= all.left && view.right >= all.right && view.top <= all.top && view.bottom >= all.bottom;
    if (this.#canvas.hidden) return;
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = this.#sheet.width;
    this.#canvas.height = this.#sheet.height;
    const context = this.#canvas.getContext('2d');
    context.drawImage(this.#sheet, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, ratio * this.#x, ratio * this.#y);
    context.strokeStyle = this.#colours.accent;
    context.lineWidth = 2;
    context.strokeRect(view.left * this.#scale, view.top * this.#scale,
      (view.right - view.left) * this.#scale, (view.bottom - view.top) * this.#scale);
  }
}

// The visible part of a drawing, moved by touch, mouse, wheel and keys.

export class Camera {
  x = 0; y = 0; scale = 1;

  /** Whether the user has not moved it; it is then fitted again when the window changes. */
  untouched = true;

  constructor(canvas, moved) {
    this.canvas = canvas;
    this.moved = moved;
  }

  /** Fits a rectangle into the view. */
  fit({ left, top, right, bottom }) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.scale = Math.max(0.002, Math.min(1.2, (width - 48) / (right - left), (height - 48) / (bottom - top)));
    this.x = (width - (right - left) * this.scale) / 2 - left * this.scale;
    this.y = (height - (bottom - top) * this.scale) / 2 - top * this.scale;
    this.untouched = true;
    this.moved();
  }

  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const scale = Math.min(3, Math.max(0.002, this.scale * factor));
    this.x = x - (x - this.x) * scale / this.scale;
    this.y = y - (y - this.y) * scale / this.scale;
    this.scale = scale;
    this.#touched();
  }

  move(x, y) {
    this.x += x;
    this.y += y;
    this.#touched();
  }

  /** Moves a point of the drawing to the centre. */
  centre(x, y, scale = this.scale) {
    this.scale = scale;
    this.x = this.canvas.clientWidth / 2 - x * scale;
    this.y = this.canvas.clientHeight / 2 - y * scale;
    this.#touched();
  }

  /** Converts a point of the canvas to a point of the drawing. */
  at(x, y) { return { x: (x - this.x) / this.scale, y: (y - this.y) / this.scale }; }

  /** The visible rectangle of the drawing. */
  view() {
    const { x: left, y: top } = this.at(0, 0);
    const { x: right, y: bottom } = this.at(this.canvas.clientWidth, this.canvas.clientHeight);
    return { left, top, right, bottom };
  }

  #touched() {
    this.untouched = false;
    this.moved();
  }

  /** Follows pointers and the wheel; calls pressed(x, y) after a press without a move. */
  follow(pressed) {
    const { canvas } = this;
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
      if (pointers.delete(event.pointerId) && moved <= 3 && event.type === 'pointerup') pressed(event.offsetX, event.offsetY);
      canvas.classList.remove('dragging');
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
    }, { passive: false });
  }
}

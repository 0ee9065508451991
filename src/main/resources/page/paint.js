// Draws actions, groups and edges on a canvas. Sizes are in units of the drawing.
import { chief } from './model.js';
import { LOOKS, lookOf, mark } from './states.js';

export const WIDTH = 184;
export const HEIGHT = 34;
export const COLUMN = 252;
export const ROW = 50;

/** At a smaller scale, text is illegible. */
export const LEGIBLE = 0.45;

/** With more edges than this, they are drawn faint at small scales, so that they do not hide the nodes. */
const CROWD = 2000;
const AFAR = 0.35;
const FAINTEST = 0.15;

/** At most this many edges are drawn in one picture; with more, a sample is drawn. */
const LINES_DRAWN = 40000;

const FONT = '13px system-ui, sans-serif';

/** The style of each kind of edge: colour, dashes, opacity, width. */
export const EDGES = {
  replaced: { colour: (it) => it.soft, dash: [2, 5], alpha: 0.45, width: 1 },
  standby: { colour: (it) => it.soft, dash: [6, 5], alpha: 0.6, width: 1.2 },
  depends_on: { colour: (it) => it.soft, dash: [], alpha: 0.7, width: 1.3 },
  reverts: { colour: (it) => it.states.REVERTED, dash: [2, 3], alpha: 0.9, width: 1.6 },
  taken: { colour: (it) => it.accent, dash: [6, 4], alpha: 1, width: 2 },
  alternative: { colour: (it) => it.accent, dash: [], alpha: 1, width: 2 },
};

export const xOf = (node) => node.x * COLUMN;
export const yOf = (node) => node.y * ROW;

/** The bounding rectangle of nodes. */
export function bounds(nodes) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const { x, y } of nodes) {
    left = Math.min(left, x); right = Math.max(right, x);
    top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  return { left: left * COLUMN, right: right * COLUMN + WIDTH, top: top * ROW, bottom: bottom * ROW + HEIGHT };
}

/** Draws a picture into a context whose units are those of the drawing. */
export function paint(context, { nodes, edges, fits, chosen, critical, colours }, view, scale) {
  const shown = { left: view.left - WIDTH, top: view.top - HEIGHT, right: view.right, bottom: view.bottom };
  paintEdges(context, { nodes, edges, chosen, critical, colours }, shown, scale);
  context.font = FONT;
  context.textBaseline = 'middle';
  nodes.forEach((node, place) => {
    const x = xOf(node), y = yOf(node);
    if (x < shown.left || x > shown.right || y < shown.top || y > shown.bottom) return;
    context.globalAlpha = fits(node) ? 1 : 0.15;
    const outline = place === chosen || critical.has(place) ? colours.focus : null;
    if (node.count) paintGroup(context, node, x, y, { colours, outline, thick: place === chosen }, scale);
    else if (scale < LEGIBLE) paintDot(context, node, x, y, colours, outline);
    else paintAction(context, node, x, y, colours, outline, place === chosen);
  });
  context.globalAlpha = 1;
}

function paintEdges(context, { nodes, edges, chosen, critical, colours }, view, scale) {
  const step = Math.ceil(edges.length / LINES_DRAWN);
  const curved = scale >= 0.08;
  const faint = edges.length > CROWD ? Math.min(1, Math.max(FAINTEST, scale / AFAR)) : 1;
  const stroke = (style, wanted, every) => {
    context.strokeStyle = style.colour(colours);
    context.setLineDash(curved ? style.dash : []);
    context.globalAlpha = style.alpha;
    context.lineWidth = Math.max(style.width, 0.7 / scale);
    context.beginPath();
    for (let at = 0; at < edges.length; at += every) {
      if (wanted(edges[at])) line(context, nodes, edges[at], view, curved);
    }
    context.stroke();
  };
  for (const [kind, style] of Object.entries(EDGES)) stroke({ ...style, alpha: style.alpha * faint }, (edge) => edge.kind === kind, step);
  const strong = { colour: (it) => it.focus, dash: [], alpha: 1, width: 3 };
  if (critical.size) stroke(strong, (edge) => critical.has(edge.from) && critical.has(edge.to) && edge.kind !== 'replaced', 1);
  if (chosen >= 0) stroke({ ...strong, width: 2.4 }, (edge) => (edge.from === chosen || edge.to === chosen) && edge.kind !== 'replaced', 1);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function line(context, nodes, { from, to, rows }, view, curved) {
  const parent = nodes[from], child = nodes[to];
  const x1 = xOf(parent) + WIDTH, y1 = yOf(parent) + HEIGHT / 2, x2 = xOf(child), y2 = yOf(child) + HEIGHT / 2;
  if (Math.max(x1, x2) < view.left || Math.min(x1, x2) > view.right) return;
  if (!rows && (Math.max(y1, y2) < view.top || Math.min(y1, y2) > view.bottom)) return;
  context.moveTo(x1, y1);
  if (!curved) {
    context.lineTo(x2, y2);
    return;
  }
  let x = x1, y = y1;
  const to_ = (nextX, nextY) => {
    const bend = Math.max(20, Math.abs(nextX - x) / 2);
    context.bezierCurveTo(x + bend, y, nextX - bend, nextY, nextX, nextY);
    [x, y] = [nextX, nextY];
  };
  (rows ?? []).forEach((row, index) => {
    const at = (parent.x + 1 + index) * COLUMN, height = row * ROW + HEIGHT / 2;
    to_(at, height);
    context.lineTo(x = at + WIDTH, height);
  });
  to_(x2, y2);
}

function paintDot(context, node, x, y, colours, outline) {
  context.fillStyle = colours.states[lookOf(node)] ?? colours.soft;
  context.fillRect(x, y, WIDTH, HEIGHT);
  if (outline) {
    context.strokeStyle = outline;
    context.lineWidth = 12;
    context.strokeRect(x, y, WIDTH, HEIGHT);
  }
}

function paintAction(context, node, x, y, colours, outline, thick) {
  const colour = colours.states[lookOf(node)] ?? colours.soft;
  context.beginPath();
  context.roundRect(x, y, WIDTH, HEIGHT, 7);
  context.fillStyle = colours.panel;
  context.fill();
  if (node.state === 'ONGOING' || node.state === 'FAILED' || node.reverted) {
    context.save();
    context.globalAlpha *= 0.14;
    context.fillStyle = colour;
    context.fill();
    context.restore();
  }
  context.setLineDash(node.state === 'STANDBY' ? [5, 4] : node.reverted ? [2, 3] : []);
  context.lineWidth = thick ? 4 : outline || node.state === 'ONGOING' ? 2.6 : 1.6;
  context.strokeStyle = outline ?? colour;
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colour;
  context.fillText(mark(lookOf(node)), x + 10, y + HEIGHT / 2 + 1);
  context.fillStyle = node.state === 'STANDBY' || node.state === 'SKIPPED' ? colours.soft : colours.text;
  const badge = node.attempt > 1 ? `×${node.attempt}` : '';
  const room = WIDTH - 40 - (badge ? 24 : 0);
  context.fillText(fitted(context, node.id, room), x + 30, y + HEIGHT / 2 + 1);
  if (badge) {
    context.fillStyle = colours.soft;
    context.textAlign = 'right';
    context.fillText(badge, x + WIDTH - 9, y + HEIGHT / 2 + 1);
    context.textAlign = 'left';
  }
  if (node.progress > 0 && node.state === 'ONGOING') {
    context.fillStyle = colour;
    context.fillRect(x + 3, y + HEIGHT - 5, (WIDTH - 6) * Math.min(1, node.progress), 3);
  }
}

/** Draws a group as a stack of cards; a stripe below the name shows how many actions are in each state. */
function paintGroup(context, group, x, y, { colours, outline, thick }, scale) {
  const colour = colours.states[chief(group.states)] ?? colours.soft;
  for (const shift of [8, 4, 0]) {
    context.beginPath();
    context.roundRect(x + shift, y - shift, WIDTH, HEIGHT + 12, 7);
    context.fillStyle = colours.panel;
    context.fill();
    context.lineWidth = Math.max(thick ? 4 : 1.6, 0.7 / scale);
    context.strokeStyle = outline ?? colour;
    context.stroke();
  }
  if (scale >= LEGIBLE) {
    context.fillStyle = colours.text;
    context.fillText(fitted(context, `${group.count} × ${group.action_type}`, WIDTH - 20), x + 10, y + HEIGHT / 2 - 1);
  }
  const big = scale < LEGIBLE;
  let at = x + 3;
  for (const state of LOOKS) {
    const width = (WIDTH - 6) * (group.states[state] ?? 0) / group.count;
    context.fillStyle = colours.states[state];
    context.fillRect(at, big ? y + 3 : y + HEIGHT, width, big ? HEIGHT + 6 : 8);
    at += width;
  }
}

const known = new Map();

/** The text, shortened in the middle to fit the width, because names often differ at the end. Cached. */
function fitted(context, text, width) {
  const key = `${width} ${text}`;
  let fit = known.get(key);
  if (fit === undefined) {
    fit = text;
    if (context.measureText(text).width > width) {
      let length = Math.min(text.length, 40);
      do {
        length -= 1;
        const end = Math.floor(length / 3);
        fit = `${text.slice(0, length - end).trimEnd()}…${end > 0 ? text.slice(-end).trimStart() : ''}`;
      } while (length > 1 && context.measureText(fit).width > width);
    }
    if (known.size > 50000) known.clear();
    known.set(key, fit);
  }
  return fit;
}

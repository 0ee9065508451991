// A plan's graph: actions, edges, groups and filters, independent of drawing.
import { lookOf } from './states.js';

/** Plans with more actions are drawn as groups of one layer and one type. */
export const MOST_DRAWN = 20000;

/** With more groups, the drawing would be unreadable; groups then span several layers. */
const MOST_GROUPS = 2000;
const GROUP_ROWS = 1.5;
const SHORTEST_LINE = 12;
const WIDE_TO_HIGH = 0.35;

export class Model {
  constructor(layout) {
    this.revision = layout.revision;
    this.nodes = layout.nodes;
    this.places = new Map(layout.nodes.map((node, place) => [node.uuid, place]));
    this.edges = edgesOf(layout, this);
    this.types = [...new Set(layout.nodes.map((node) => node.action_type))].sort();
    this.layers = layout.nodes.reduce((most, node) => Math.max(most, node.layer + 1), 0);
    this.groups = this.nodes.length > MOST_DRAWN ? groupsOf(this) : null;
  }

  place(uuid) { return this.places.get(uuid); }
  node(uuid) { return this.nodes[this.places.get(uuid)]; }

  /** Applies a change that is newer than the model; returns whether the edges have changed, so that the layout has to be loaded again. */
  apply(change) {
    if (change.revision <= this.revision) return false;
    this.revision = change.revision;
    let rebuilt = false;
    for (const action of change.actions) {
      const place = this.places.get(action.uuid);
      const node = this.nodes[place];
      rebuilt ||= !node || (node.state === 'STANDBY') !== (action.state === 'STANDBY');
      if (node) {
        const undone = action.state === 'SUCCEEDED' && node.reverts ? this.node(node.reverts) : undefined;
        this.#show(node, { state: action.state, attempt: action.attempt, progress: action.progress ?? undefined,
          reverted: node.reverted && action.state === node.state });
        if (undone) this.#show(undone, { reverted: true });
      }
    }
    return rebuilt;
  }

  #show(node, changes) {
    const before = lookOf(node);
    Object.assign(node, changes);
    this.groups?.move(this.places.get(node.uuid), before, lookOf(node));
  }

  /** The places of the actions whose name contains the text, or whose uuid starts with it; an exact match comes first. */
  find(text) {
    const wanted = text.toLowerCase();
    if (!wanted) return [];
    const places = [];
    this.nodes.forEach((node, place) => {
      const name = node.id.toLowerCase();
      if (name === wanted) places.unshift(place);
      else if (name.includes(wanted) || node.uuid.startsWith(wanted)) places.push(place);
    });
    return places;
  }

  neighbours(place, forth) {
    return this.edgesAt(place, forth).filter((edge) => edge.kind !== 'replaced').map((edge) => (forth ? edge.to : edge.from));
  }

  /** The edges from an action, or to it. They are indexed at the first call. */
  edgesAt(place, forth) {
    if (!this.sorted) {
      this.sorted = { forth: new Map(), back: new Map() };
      const add = (map, end, edge) => { if (map.has(end)) map.get(end).push(edge); else map.set(end, [edge]); };
      for (const edge of this.edges) {
        add(this.sorted.forth, edge.from, edge);
        add(this.sorted.back, edge.to, edge);
      }
    }
    return (forth ? this.sorted.forth : this.sorted.back).get(place) ?? [];
  }
}

/** Selects actions by state, type and layers; an empty criterion selects all. */
export class Filter {
  constructor({ state = '', type = '', layers = '' } = {}) {
    Object.assign(this, { state, type, layers });
    [this.first, this.last] = layers.split('-').map(Number);
    this.last ??= this.first;
  }

  get everything() { return !this.state && !this.type && !this.layers; }

  fits(node) {
    return (!this.state || node.state === this.state) && (!this.type || node.action_type === this.type)
      && (!this.layers || (node.layer >= this.first && node.layer <= this.last));
  }

  fitsGroup(group) {
    return (!this.state || group.states[this.state] > 0 || (this.state === 'SUCCEEDED' && group.states.REVERTED > 0)) && (!this.type || group.action_type === this.type)
      && (!this.layers || (group.last >= this.first && group.first <= this.last));
  }
}

function edgesOf(layout, model) {
  const bends = new Map(layout.bends.map(({ from, to, rows }) => [from * layout.nodes.length + to, rows]));
  const bend = (from, to) => bends.get(from * layout.nodes.length + to);
  const edges = [];
  const within = new Set();
  for (const [kind, ends] of Object.entries(layout.edges)) {
    for (let at = 0; at < ends.length; at += 2) {
      const from = ends[at], to = ends[at + 1];
      edges.push({ from, to, kind, rows: kind === 'replaced' ? undefined : bend(from, to) });
      if (layout.nodes[from].path && layout.nodes[from].path === layout.nodes[to].path) within.add(to);
    }
  }
  for (const path of layout.paths) {
    const first = path.actions.map((uuid) => model.place(uuid)).filter((place) => place !== undefined && !within.has(place));
    const replaced = path.replaces.map((uuid) => model.place(uuid)).filter((place) => place !== undefined);
    const kind = path.activated_at ? 'taken' : 'standby';
    first.forEach((to) => replaced.forEach((from) => edges.push({ from, to, kind, rows: bend(from, to) })));
  }
  for (const edge of edges) {
    if (edge.kind === 'depends_on' && (layout.nodes[edge.from].state === 'STANDBY' || layout.nodes[edge.to].state === 'STANDBY')) {
      edge.kind = 'standby';
    }
  }
  return edges;
}

/** Groups actions of one layer and one type. */
function groupsOf({ nodes, edges, layers, types }) {
  const span = Math.max(1, Math.ceil(layers * types.length / MOST_GROUPS));
  const byKey = new Map();
  const of = new Int32Array(nodes.length);
  const list = [];
  nodes.forEach((node, place) => {
    const column = Math.floor(node.layer / span);
    const key = `${column} ${node.action_type}`;
    if (!byKey.has(key)) {
      byKey.set(key, list.length);
      list.push({ first: column * span, last: Math.min(layers, (column + 1) * span) - 1, x: column, y: 0,
        action_type: node.action_type, count: 0, states: {}, members: [] });
    }
    const group = list[of[place] = byKey.get(key)];
    group.count += 1;
    group.members.push(place);
    group.states[lookOf(node)] = (group.states[lookOf(node)] ?? 0) + 1;
  });
  inLines(list, Math.ceil(layers / span));
  const lines = new Map();
  for (const edge of edges) {
    const from = of[edge.from], to = of[edge.to];
    if (from !== to && edge.kind !== 'replaced') {
      const key = from * list.length + to;
      if (!lines.has(key)) lines.set(key, { from, to, kind: edge.kind, count: 0 });
      lines.get(key).count += 1;
    }
  }
  return { list, edges: [...lines.values()], of,
    move(place, from, to) {
      const { states } = list[of[place]];
      states[from] -= 1;
      states[to] = (states[to] ?? 0) + 1;
    } };
}

/** Places groups below each other in columns, and columns beside each other, in several lines for a balanced shape. */
function inLines(groups, columns) {
  const inColumn = new Map();
  for (const group of groups) {
    group.y = (inColumn.get(group.x) ?? 0) * GROUP_ROWS;
    inColumn.set(group.x, (inColumn.get(group.x) ?? 0) + 1);
  }
  const high = Math.max(...inColumn.values()) * GROUP_ROWS + 1;
  const across = Math.max(SHORTEST_LINE, Math.ceil(Math.sqrt(columns * high * WIDE_TO_HIGH)));
  for (const group of groups) {
    group.y += Math.floor(group.x / across) * high;
    group.x %= across;
  }
}

/** The states in the order of the attention they need. */
export const URGENCY = ['FAILED', 'ONGOING', 'CANCELLED', 'REVERTED', 'PENDING', 'SUCCEEDED', 'SKIPPED', 'STANDBY'];

/** The state that determines a group's colour. */
export const chief = (states) => URGENCY.find((state) => states[state] > 0);

/** A short description of an action or a group, in lines. */
export function describe(node) {
  if (node.count) return `${node.count} × ${node.action_type}`;
  const attempt = node.attempt > 1 ? `, attempt ${node.attempt}` : '';
  const progress = node.progress > 0 && node.state === 'ONGOING' ? `, ${Math.round(100 * node.progress)} %` : '';
  return `${node.id}\n${node.state}${node.reverted ? ' (reverted)' : ''}${attempt}${progress}\n${node.action_type}`;
}

// The client of the service's public API.

const base = '/v1/action_plans';

/** The wait before a rejected stream is requested again, in milliseconds. */
const PAUSE = 1000;

/** The service rejected a request. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The service is unreachable. */
export class Away extends Error {}

async function send(path, options) {
  let response;
  try {
    const headers = { Accept: 'application/json', ...(options?.body && { 'Content-Type': 'application/json' }) };
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Away('The service is unreachable.');
  }
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refused(body?.detail ?? `${path} returned status ${response.status}`, response.status);
  }
  return body;
}

const get = (path) => send(path);
const post = (path, body) => send(path, { method: 'POST', body });

export const settings = () => get('/settings.json');
export const plans = (query) => get(`${base}/detail?${new URLSearchParams(query)}`);
export const next = (address) => get(address.replace(/^https?:\/\/[^/]+/, ''));
export const plan = (uuid) => get(`${base}/${uuid}`);
export const layout = (uuid) => get(`${base}/${uuid}/layout`);
export const forecast = (uuid) => get(`${base}/${uuid}/forecast`);
export const timeline = (uuid, offset, limit) => get(`${base}/${uuid}/timeline?offset=${offset}&limit=${limit}`);
export const criticalPath = (uuid) => get(`${base}/${uuid}/critical_path`);
export const command = (uuid, verb) => post(`${base}/${uuid}/${verb}`);
export const action = (uuid) => get(`/v1/actions/${uuid}`);
export const attempts = (uuid) => get(`/v1/actions/${uuid}/attempts`);
export const explain = (uuid) => get(`/v1/actions/${uuid}/explain`);
export const impact = (uuid) => get(`/v1/actions/${uuid}/impact`);
export const skip = (uuid, reason) => post(`/v1/actions/${uuid}/skip`, JSON.stringify({ reason }));

/** Follows the changes of a plan after a revision; reconnects by itself, and misses no change. */
export function follow(uuid, revision, onChange, onConnection) {
  let seen = revision, source, timer = 0;
  const open = () => {
    source = new EventSource(`${base}/${uuid}/events?since=${seen}`);
    source.addEventListener('change', (event) => {
      const change = JSON.parse(event.data);
      if (change.revision > seen) {
        seen = change.revision;
        onChange(change);
      }
    });
    source.addEventListener('open', () => onConnection(true));
    source.addEventListener('error', () => {
      onConnection(false);
      // browsers reconnect after a lost connection, but not after an error status
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, PAUSE);
    });
  };
  open();
  return () => { source.close(); clearTimeout(timer); };
}

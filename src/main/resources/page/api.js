// The service, by the same API that everybody else uses.

const base = '/v1/action_plans';

/** What the service says against a request. */
export class Refused extends Error {}

async function send(path, options) {
  const response = await fetch(path, { headers: { Accept: 'application/json' }, ...options });
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refused(body?.detail ?? `${path} answered ${response.status}`);
  }
  return body;
}

const get = (path) => send(path);
const post = (path, body) => send(path, { method: 'POST', body });

export const plans = (query) => get(`${base}/detail?${new URLSearchParams(query)}`);
export const next = (address) => get(address.replace(/^https?:\/\/[^/]+/, ''));
export const plan = (uuid) => get(`${base}/${uuid}`);
export const layout = (uuid) => get(`${base}/${uuid}/layout`);
export const forecast = (uuid) => get(`${base}/${uuid}/forecast`);
export const actionsByStart = (uuid) => get(`/v1/actions/detail?action_plan_uuid=${uuid}&sort_key=estimated_start`);
export const criticalPath = (uuid) => get(`${base}/${uuid}/critical_path`);
export const command = (uuid, verb) => post(`${base}/${uuid}/${verb}`);
export const remove = (uuid) => send(`${base}/${uuid}`, { method: 'DELETE' });
export const action = (uuid) => get(`/v1/actions/${uuid}`);
export const attempts = (uuid) => get(`/v1/actions/${uuid}/attempts`);
export const explain = (uuid) => get(`/v1/actions/${uuid}/explain`);
export const impact = (uuid) => get(`/v1/actions/${uuid}/impact`);
export const skip = (uuid, reason) => post(`/v1/actions/${uuid}/skip`, JSON.stringify(reason ? { reason } : {}));

/** Follows a plan after a revision; comes back by itself, and misses nothing. */
export function follow(uuid, revision, onChange, onConnection) {
  const source = new EventSource(`${base}/${uuid}/events?since=${revision}`);
  source.addEventListener('change', (event) => onChange(JSON.parse(event.data)));
  source.addEventListener('open', () => onConnection(true));
  source.addEventListener('error', () => onConnection(false));
  return () => source.close();
}

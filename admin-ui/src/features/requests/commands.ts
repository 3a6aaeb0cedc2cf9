import type { Kind, RequestFilter, RequestView } from '../../lib/contract';
import type { Range, RangeName } from '../../lib/range';
import { curlAdmin } from '../../lib/snippets';

const LIST = '/api/admin/v1/requests';

/** The list that shows, as curl asks for it. */
export function listAsCurl(filter: RequestFilter): string {
  return curlAdmin(LIST, { ...filter });
}

/** The list that shows, as the command line asks for it, as far as that has words for it. */
export function listAsCli(filter: RequestFilter, range: Range): string {
  return cli(filter, since(range));
}

export function requestAsCurl(id: string): string {
  return curlAdmin(`${LIST}/${id}`, {});
}

export function requestAsCli(request: RequestView, now: number): string {
  const hours = Math.ceil((now - Date.parse(request.arrived)) / 3_600_000);
  const filter: RequestFilter = { key: request.key, model: request.model, kind: request.kind as Kind };
  return `${cli(filter, `${Math.max(1, hours)}h`)} --json | grep ${request.id}`;
}

function cli(filter: RequestFilter, since: RangeName | `${number}h`): string {
  const names = ['tenant', 'project', 'key', 'model', 'kind'] as const;
  const options = names.flatMap((name) => (filter[name] === undefined ? [] : [`--${name} ${filter[name]}`]));
  return ['./gatehouse requests', ...options, `--since ${since}`].join(' ');
}

function since({ name, from }: Range): RangeName | `${number}h` {
  return name ?? `${Math.max(1, Math.ceil((Date.now() - Date.parse(from)) / 3_600_000))}h`;
}

/**
 * Calls that the console makes and that docs/openapi.json does not describe yet. A path and its views go from here
 * as soon as the document has them; what stands here wins until then.
 */
import type { components } from './api';

type Problem = components['schemas']['Problem'];
type KeyView = components['schemas']['KeyView'];
type PriceView = components['schemas']['PriceView'];

interface Failed {
  default: { headers: Record<string, unknown>; content: { 'application/problem+json': Problem } };
}
type Ok<Body> = { 200: { headers: Record<string, unknown>; content: { 'application/json': Body } } } & Failed;
type Done = { 204: { headers: Record<string, unknown>; content?: never } } & Failed;

interface Query<Q> {
  query?: Q;
  header?: never;
  path?: never;
  cookie?: never;
}
interface At<P> {
  query?: never;
  header?: never;
  path: P;
  cookie?: never;
}
interface Get<Parameters, Body> {
  parameters: Parameters;
  requestBody?: never;
  responses: Ok<Body>;
}
interface Send<Parameters, Body, Responses> {
  parameters: Parameters;
  requestBody: { content: { 'application/json': Body } };
  responses: Responses;
}
interface Bare<Parameters, Responses> {
  parameters: Parameters;
  requestBody?: never;
  responses: Responses;
}
type None = { query?: never; header?: never; path?: never; cookie?: never };

export interface SessionView {
  name: string;
  role: string;
  tenant: string | null;
  tenantName: string | null;
  scopes: string[];
  mustSetPassword: boolean;
  expires: string;
  /** ISO 4217, where the installation has named its currency. */
  currency?: string | null;
}

export interface RequestFilter {
  tenant?: string;
  project?: string;
  key?: string;
  model?: string;
  kind?: string;
  code?: string;
  node?: string;
  dialect?: string;
  minFirstTokenMs?: number;
  minTotalMs?: number;
  minChargeNano?: number;
  from?: string;
  until?: string;
}

export type RequestView = components['schemas']['RequestView'] & {
  tenantName?: string | null;
  projectName?: string | null;
  keyName?: string | null;
};

export interface RequestDetail {
  request: RequestView;
  intent: {
    address: string | null;
    maxInput: number;
    maxOutput: number;
    choices: number;
    gateway: string;
    bodySha256: string;
    arrived: string;
  };
  times: {
    queueMs: number | null;
    prefillMs: number | null;
    decodeMs: number | null;
    firstTokenMs: number | null;
    totalMs: number | null;
    stepRows: number | null;
  };
  attempts: RequestAttempt[];
  lines: LedgerLine[];
  cost: CostLine[];
  guard: { policy: string | null; rule: string | null; coverage: string | null };
  open: boolean;
}

export interface RequestAttempt {
  attempt: number;
  node: string;
  promptTokens?: number | null;
  cachedTokens?: number | null;
  completionTokens?: number | null;
  reasoningTokens?: number | null;
  exact?: boolean | null;
  queueMs?: number | null;
  prefillMs?: number | null;
  decodeMs?: number | null;
  outcome?: string | null;
}

export interface LedgerLine {
  attempt: number;
  kind: string;
  node: string;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  due: boolean;
  chargeNano: number;
  costNano: number;
  recorded: string;
}

export interface CostLine {
  tokenClass: string;
  tokens: number;
  priceNanoPerMillion: number;
  chargeNano: number;
}

export interface HistogramBucket {
  at: string;
  completed: number;
  refused: number;
  cut: number;
  left: number;
  failed: number;
  other: number;
}

export interface SeriesBucket {
  at: string;
  requests: number;
  failed: number;
  firstTokenP50Ms: number | null;
  firstTokenP95Ms: number | null;
  outputTokens: number;
  chargeNano: number;
  costNano: number;
}

export interface SeriesEvent {
  at: string;
  until: string | null;
  what: string;
  target: string;
  label: string;
}

export interface SeriesView {
  bucketSeconds: number;
  buckets: SeriesBucket[];
  events: SeriesEvent[];
}

export interface Attention {
  kind: string;
  target: string;
  label: string;
  since: string;
  until: string | null;
  effect: Record<string, number>;
}

export interface OverviewView {
  requests: number;
  requestsBefore: number;
  failed: number;
  failedBefore: number;
  firstTokenP50Ms: number | null;
  firstTokenP95Ms: number | null;
  outputTokens: number;
  outputTokensPerSecond: number;
  nodesReady: number | null;
  nodesTotal: number | null;
  month: {
    from: string;
    until: string;
    chargeNano: number;
    costNano: number;
    budgetNano: number | null;
    forecastNano: number | null;
  };
  spend: SpendView[];
  failures: FailureView[];
  attention: Attention[];
  firstRun: { modelReady: boolean; keyMade: boolean; requestSeen: boolean };
}

export interface SpendView {
  tenant: string;
  tenantName: string;
  chargeNano: number;
  budgetNano: number | null;
  softPercent: number | null;
}

export interface FailureView {
  kind: string;
  code: string | null;
  count: number;
  last: string;
  example: string;
}

export interface ModelView {
  id: string;
  aliases: string[];
  nodesReady: number;
  context: number | null;
  price: PriceView | null;
}

export interface NodeView {
  name: string;
  state: string;
  heard: string;
  version: string;
  build: string;
  models: { id: string; context: number }[];
  slots: number;
  running: number;
  waiting: number;
  kvUsed: number;
  kvTokens: number;
  tokensPerSecond: number;
  costNanoPerHour: number | null;
  requestsLastHour: number;
  failedLastHour: number;
}

export interface MeView {
  keys: KeyView[];
  monthChargeNano: number;
  projects: { project: string; projectName: string; models: string[] | null }[];
  models: { id: string; context: number | null; price: PriceView | null; granted: boolean }[];
}

export interface pending {
  '/api/admin/v1/session': {
    get: Get<None, SessionView>;
    post: Send<None, { name: string; password: string } | { link: string }, Done>;
    delete: Bare<None, Done>;
  };
  '/api/admin/v1/session/password': { put: Send<None, { old: string | null; new: string }, Done> };
  '/api/admin/v1/overview': { get: Get<Query<{ from?: string; until?: string; tenant?: string }>, OverviewView> };
  '/api/admin/v1/series': {
    get: Get<
      Query<{
        tenant?: string;
        project?: string;
        key?: string;
        model?: string;
        from?: string;
        until?: string;
        buckets?: number;
      }>,
      SeriesView
    >;
  };
  '/api/admin/v1/requests': {
    get: Get<
      Query<RequestFilter & { cursor?: string; limit?: number }>,
      { items: RequestView[]; next?: string | null }
    >;
  };
  '/api/admin/v1/requests/histogram': {
    get: Get<Query<RequestFilter & { buckets?: number }>, { bucketSeconds: number; buckets: HistogramBucket[] }>;
  };
  '/api/admin/v1/requests/{id}': { get: Get<At<{ id: string }>, RequestDetail> };
  '/api/admin/v1/models': { get: Get<None, { items: ModelView[] }> };
  '/api/admin/v1/nodes': { get: Get<None, { items: NodeView[] }> };
  '/api/admin/v1/nodes/{name}': { get: Get<At<{ name: string }>, NodeView> };
  '/api/admin/v1/nodes/{name}/drain': { post: Bare<At<{ name: string }>, Ok<NodeView>> };
  '/api/admin/v1/nodes/{name}/undrain': { post: Bare<At<{ name: string }>, Ok<NodeView>> };
  '/api/admin/v1/me': { get: Get<None, MeView> };
}

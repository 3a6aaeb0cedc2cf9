import type { components, operations } from './api';

/** The names by which the console calls what docs/openapi.json describes. */
type Schemas = components['schemas'];

export type SessionView = Schemas['SessionView'];

/** What a user may do. */
export type Scope = SessionView['scopes'][number];

export type RequestView = Schemas['RequestView'];
export type RequestDetail = Schemas['RequestDetailView'];
export type RequestAttempt = Schemas['AttemptView'];
export type LedgerLine = Schemas['LineView'];
export type HistogramBucket = Schemas['HistogramBucket'];
export type SeriesView = Schemas['SeriesView'];
export type OverviewView = Schemas['OverviewView'];
export type SpendView = Schemas['SpendView'];
export type FailureView = Schemas['FailureView'];
export type Attention = Schemas['AttentionView'];

/** The narrowing of requests that list, histogram and tail share. */
export type RequestFilter = Omit<NonNullable<operations['listRequests']['parameters']['query']>, 'cursor' | 'limit'>;

/** How a request ended. */
export type Kind = NonNullable<RequestFilter['kind']>;

-- Limits and overrides are made by people too: what belongs to a tenant is changed in that tenant's own transaction.

GRANT INSERT, UPDATE (amount, soft_percent), DELETE ON limits TO gh_tenant;
GRANT INSERT, DELETE ON limit_overrides TO gh_tenant;

-- Windows that are over are forgotten after a time.
GRANT DELETE ON buckets TO gh_core;
CREATE INDEX buckets_by_window ON buckets (since) WHERE kind = 'window';

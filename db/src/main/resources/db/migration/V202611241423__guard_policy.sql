COMMENT ON COLUMN tenants.guard_policy IS 'What departs from the default policy, by kind of finding and direction; empty: the default';

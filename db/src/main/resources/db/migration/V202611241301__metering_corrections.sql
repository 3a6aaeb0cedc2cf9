-- Which requests have been corrected: each at most once, whether or not anything had to be added to the ledger.
CREATE TABLE corrections (
    request     uuid PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN corrections.request IS 'The intent; written in the transaction of its correction lines';
GRANT SELECT, INSERT ON corrections TO gh_core;

CREATE POLICY correct ON ledger FOR INSERT TO gh_core WITH CHECK (kind = 'correction');
GRANT INSERT ON ledger TO gh_core;

-- Which night's reconciliation was begun last, so that of all gateways one is at it.
INSERT INTO rollups (name, seen_to) VALUES ('reconciliation', '-infinity');

-- Few outcomes are not exact, and these are looked for again and again.
CREATE INDEX outcomes_inexact ON outcomes (intent) WHERE NOT exact;

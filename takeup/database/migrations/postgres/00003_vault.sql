-- +goose Up
-- Cases, whoever they belong to: what is asked of a case takes its row first. A code is of one case in the whole installation.
CREATE TABLE case_file (
	code   TEXT PRIMARY KEY,
	ccas   TEXT NOT NULL REFERENCES ccas (id),
	number BIGINT NOT NULL -- of the last event
);
CREATE INDEX case_file_ccas ON case_file (ccas, code);
INSERT INTO case_file (code, ccas, number) SELECT case_code, ccas, max(number) FROM event GROUP BY case_code, ccas;

-- What is left of cases that were purged: lines to count, which name nobody and are of no case any more.
CREATE TABLE line (
	id   TEXT PRIMARY KEY, -- drawn by chance
	ccas TEXT NOT NULL REFERENCES ccas (id),
	line TEXT NOT NULL     -- JSON
);
CREATE INDEX line_ccas ON line (ccas);

-- What could name a person, each thing sealed by a key of its own. That key stands beside, wrapped by one that is not in the database:
-- when the row goes, the only key goes with it.
CREATE TABLE vault (
	id        TEXT PRIMARY KEY, -- drawn by chance; sealed with the rest, so that rows cannot be exchanged
	case_code TEXT NOT NULL REFERENCES case_file (code) ON DELETE CASCADE,
	kind      TEXT NOT NULL,    -- contact or answers
	wrapped   TEXT NOT NULL,    -- the key, base64
	wrapper   TEXT NOT NULL,    -- which key wraps it: the beginning of a digest
	sealed    TEXT NOT NULL,    -- base64
	at        TEXT NOT NULL,    -- when it was put here: RFC 3339, UTC, with nine decimals
	UNIQUE (case_code, kind)
);
CREATE INDEX vault_wrapper ON vault (wrapper);

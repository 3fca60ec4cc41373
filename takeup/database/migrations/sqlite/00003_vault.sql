-- +goose Up
-- Cases, whoever they belong to: what is asked of a case takes its row first. A code is of one case in the whole installation.
CREATE TABLE case_file (
	code   TEXT PRIMARY KEY,
	ccas   TEXT NOT NULL REFERENCES ccas (id),
	number INTEGER NOT NULL -- of the last event
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

-- The key of each case that something is sealed of. It is itself wrapped by a key that is not in the database; without the row
-- nobody opens what was sealed, in a copy of it neither.
CREATE TABLE vault_key (
	id        TEXT PRIMARY KEY, -- drawn by chance
	case_code TEXT NOT NULL UNIQUE REFERENCES case_file (code) ON DELETE CASCADE,
	wrapped   TEXT NOT NULL,    -- base64
	wrapper   TEXT NOT NULL     -- which key wraps it: the beginning of a digest
);
CREATE INDEX vault_key_wrapper ON vault_key (wrapper);

CREATE TABLE vault_item (
	key_id TEXT NOT NULL REFERENCES vault_key (id) ON DELETE CASCADE,
	kind   TEXT NOT NULL,       -- contact or answers
	sealed TEXT NOT NULL,       -- base64
	at     TEXT NOT NULL,       -- when it was put there: RFC 3339, UTC, with nine decimals
	PRIMARY KEY (key_id, kind)
);

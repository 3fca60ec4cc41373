-- +goose Up
-- A CCAS is whom everything else belongs to.
CREATE TABLE ccas (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	commune TEXT NOT NULL -- INSEE code
);

-- What happened, in order. Nothing here is ever changed; purging takes whole cases away.
CREATE TABLE event (
	ccas      TEXT NOT NULL REFERENCES ccas (id),
	case_code TEXT NOT NULL,
	number    INTEGER NOT NULL CHECK (number > 0), -- in its case, from 1 without a gap
	id        TEXT NOT NULL UNIQUE,           -- chosen by whoever asks, so that asking twice does once
	at        TEXT NOT NULL,                  -- RFC 3339, UTC, with nine decimals, so that order is alphabetical
	agent     TEXT NOT NULL,                  -- of whom; empty when the program did it
	kind      TEXT NOT NULL,
	fact      TEXT NOT NULL,                  -- JSON
	PRIMARY KEY (ccas, case_code, number)
);

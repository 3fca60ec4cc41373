-- +goose Up
-- What was published of a year, as it was: it is never made again, so that no two publications can be held against each other.
CREATE TABLE publication (
	ccas   TEXT NOT NULL REFERENCES ccas (id),
	year   INTEGER NOT NULL,
	at     TEXT NOT NULL, -- RFC 3339, UTC, with nine decimals
	agent  TEXT NOT NULL, -- who published it
	report TEXT NOT NULL, -- JSON
	PRIMARY KEY (ccas, year)
);

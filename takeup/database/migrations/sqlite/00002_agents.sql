-- +goose Up
-- By which a provider of identities names a CCAS; empty when it names none.
ALTER TABLE ccas ADD COLUMN siret TEXT NOT NULL DEFAULT '';

-- Who works here. A name says a function (« Poste 2 »), not a person.
CREATE TABLE agent (
	id          TEXT PRIMARY KEY,
	ccas        TEXT NOT NULL REFERENCES ccas (id),
	login       TEXT NOT NULL UNIQUE,      -- in small letters
	name        TEXT NOT NULL,
	role        TEXT NOT NULL,
	password    TEXT NOT NULL,             -- argon2id with its parameters; empty: none, by a provider of identities only
	renew       INTEGER NOT NULL,          -- 1: the password was made by another and has to be changed
	disabled    INTEGER NOT NULL,
	totp        TEXT NOT NULL,             -- secret of the second factor, sealed by the key of the server; empty: none
	totp_step   INTEGER NOT NULL,          -- the last step whose code was used, so that none is used twice
	subject     TEXT NOT NULL,             -- the provider of identities and its name for them; empty until their first sign-in by it
	made_at     TEXT NOT NULL              -- RFC 3339, UTC
);
CREATE INDEX agent_ccas ON agent (ccas);

-- A code that stands for the second factor, once.
CREATE TABLE recovery_code (
	agent  TEXT NOT NULL REFERENCES agent (id) ON DELETE CASCADE,
	digest TEXT NOT NULL,                  -- SHA-256
	PRIMARY KEY (agent, digest)
);

-- An agent at a browser. The token itself is in their cookie alone.
CREATE TABLE session (
	digest   TEXT PRIMARY KEY,             -- SHA-256 of the token
	agent    TEXT NOT NULL REFERENCES agent (id) ON DELETE CASCADE,
	proof    TEXT NOT NULL,                -- password, or provider: by whose word they are who they are
	stage    TEXT NOT NULL,                -- open, locked, or second: the second factor is awaited
	made_at  TEXT NOT NULL,
	seen_at  TEXT NOT NULL,
	ends_at  TEXT NOT NULL
);
CREATE INDEX session_agent ON session (agent);

-- Attempts at a secret that failed, by a digest of whom or from where.
CREATE TABLE attempt (
	subject  TEXT PRIMARY KEY,
	failures INTEGER NOT NULL,
	last_at  TEXT NOT NULL,
	free_at  TEXT NOT NULL                 -- no further attempt before
);

-- Who read or changed what about whom, and when.
CREATE TABLE access (
	id        TEXT PRIMARY KEY,
	ccas      TEXT NOT NULL REFERENCES ccas (id),
	at        TEXT NOT NULL,
	agent     TEXT NOT NULL,
	case_code TEXT NOT NULL,               -- empty when no case is concerned
	about     TEXT NOT NULL,               -- the agent or the key that is concerned, empty when none is
	what      TEXT NOT NULL
);
CREATE INDEX access_ccas ON access (ccas, at);

-- What a partner's program calls the API with.
CREATE TABLE partner_key (
	id         TEXT PRIMARY KEY,
	ccas       TEXT NOT NULL REFERENCES ccas (id),
	name       TEXT NOT NULL,
	digest     TEXT NOT NULL UNIQUE,       -- SHA-256 of the key
	scopes     TEXT NOT NULL,              -- with spaces between
	per_minute INTEGER NOT NULL,
	made_at    TEXT NOT NULL,
	revoked_at TEXT NOT NULL               -- empty: it holds
);
CREATE INDEX partner_key_ccas ON partner_key (ccas);

INSERT INTO agent (id, ccas, login, name, role, password, renew, disabled, totp, totp_step, subject, made_at) VALUES
	('poste-2', 'lilas', 'poste2', 'Poste 2', 'agent', '', 0, 0, '', 0, '', '2026-01-01T09:00:00Z');
INSERT INTO recovery_code (agent, digest) VALUES ('poste-2', 'b'), ('poste-2', 'a');
INSERT INTO access (id, ccas, at, agent, case_code, about, what) VALUES
	('x1', 'lilas', '2026-01-05T09:00:00Z', 'poste-2', 'K7B-4PXD', '', 'read');

-- What an installation held when this was the last migration.
INSERT INTO ccas (id, name, commune) VALUES ('lilas', 'CCAS des Lilas', '93045'), ('eper', 'CCAS d''Épernon', '28140');
INSERT INTO event (ccas, case_code, number, id, at, agent, kind, fact) VALUES
	('lilas', 'K7B-4PXD', 1, 'e1', '2026-01-05T09:00:00.000000000Z', 'poste-2', 'dossier_ouvert', '{"canal":"accueil"}'),
	('lilas', 'K7B-4PXD', 2, 'e2', '2026-01-05T09:01:00.000000000Z', 'poste-2', 'note', '{"texte":"Œ ‘ \" \\ & < தமிழ்"}'),
	('eper', '222-2222', 1, 'e3', '2026-01-06T09:00:00.000000000Z', '', 'dossier_ouvert', '{}');

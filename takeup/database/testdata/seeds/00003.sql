INSERT INTO line (id, ccas, line) VALUES ('l1', 'eper', '{}');
INSERT INTO vault (id, case_code, kind, wrapped, wrapper, sealed, at) VALUES
	('v1', 'K7B-4PXD', 'contact', 'AAAA', 'abcd', 'AAAA', '2026-01-05T09:00:00.000000000Z');

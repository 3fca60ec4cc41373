INSERT INTO publication (ccas, year, at, agent, report) VALUES ('lilas', 2026, '2027-04-05T08:00:00.000000000Z', 'agent-1', '{"From":"2026-01","To":"2026-12","Threshold":11,"Rounded":true}');

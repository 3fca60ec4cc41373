package takeup

// maxCents is beyond what any aid pays, in cents: a slip of the keyboard.
const maxCents Cents = 100_000_00

// maxDocuments is how many documents one fact can name.
const maxDocuments = 30

// first gives the first of some errors.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func missing(field string, is bool) error {
	if is {
		return &Refusal{Key: KeyMissing, Remedy: RemedySay, Field: field}
	}
	return nil
}

// present refuses what cannot be said here.
func present(field string, is bool) error {
	if is {
		return &Refusal{Key: KeyNotHere, Remedy: RemedyEmpty, Field: field}
	}
	return nil
}

// said refuses an unknown day, and days that are slips of the keyboard.
func said(field string, d Day) error { return first(missing(field, !d.Known()), sensible(field, d)) }

func sensible(field string, d Day) error {
	if d.Known() && (d.Month().Year() < 2000 || d.Month().Year() > 2199) {
		return &Refusal{Key: KeyDay, Remedy: RemedyDay, Field: field}
	}
	return nil
}

func cents(field string, c Cents) error {
	if c < 0 || c > maxCents {
		return &Refusal{Key: KeyAmount, Remedy: RemedyAmount, Field: field}
	}
	return nil
}

func documents(list []string) error {
	if len(list) > maxDocuments {
		return &Refusal{Key: KeyTooLong, Remedy: RemedyShorten, Field: "pieces"}
	}
	for _, d := range list {
		if err := typed("pieces", d, nameShape, MaxNote); err != nil {
			return err
		}
	}
	return nil
}

func proof(s string) error {
	if s == "" {
		return nil
	}
	return typed("preuve", s, proofShape, MaxProof)
}

func consent(is bool) error {
	if !is {
		return &Refusal{Key: KeyNoConsent, Remedy: RemedyAsk, Field: "accord"}
	}
	return nil
}

func (id RightID) check() error {
	return first(typed("aide", id.Aid, nameShape, MaxNote), word("pour", id.For, Owners()))
}

// checkOptional accepts no right at all.
func (id RightID) checkOptional() error {
	if id == (RightID{}) {
		return nil
	}
	return id.check()
}

func (a Amount) check() error {
	return first(cents("centimes", a.Cents), word("periode", a.Per, Periods()))
}

func (e Estimate) check() error {
	err := first(cents("min", e.Min), cents("max", e.Max), word("periode", e.Per, Periods()),
		typed("version", e.Version, tokenShape, MaxNote), shaped("regles", e.Rules, tokenShape))
	if err == nil && e.Min > e.Max {
		err = &Refusal{Key: KeyAmount, Remedy: RemedyAmount, Field: "min"}
	}
	return err
}

func (n Notice) check() error {
	return first(typed("version", n.Version, tokenShape, MaxNote), word("langue", n.Language, Languages()))
}

func (r Reception) check() error {
	return first(word("canal", r.Channel, Channels()), word("langue", r.Language, Languages()))
}

// optional checks an identifier that a program gave, when there is one.
func optional(field, s string) error {
	if s == "" {
		return nil
	}
	return shaped(field, s, tokenShape)
}

// Check is [Fact.Check].
func (f CaseOpened) Check() error {
	return first(f.check(), f.Notice.check(), consent(f.Followed), optional("de", string(f.From)),
		optional("referent", string(f.Referent)))
}

// Check is [Fact.Check].
func (f Visited) Check() error { return f.check() }

// Check is [Fact.Check].
func (f Informed) Check() error { return first(f.Notice.check(), consent(f.Followed)) }

// Check is [Fact.Check].
func (f Diagnosed) Check() error {
	if err := first(f.check(), word("constat", f.Finding, Findings())); err != nil {
		return err
	}
	if f.Estimate != nil {
		if err := f.Estimate.check(); err != nil {
			return err
		}
	}
	if f.Finding == AlreadyReceived || f.Finding == NoRight {
		return first(present("type", f.Type != ""), present("motif", f.Reason != ""))
	}
	if f.Type != "" || f.Finding == Likely {
		if err := first(missing("type", f.Type == ""), word("type", f.Type, Types())); err != nil {
			return err
		}
	}
	if f.Reason == "" {
		return nil
	}
	return word("motif", f.Reason, Reasons())
}

// Check is [Fact.Check].
func (f Reestimated) Check() error {
	return first(f.check(), word("changement", f.Change, Changes()), f.Estimate.check())
}

// Check is [Fact.Check].
func (f Planned) Check() error {
	err := first(f.check(), word("mode", f.Mode, Modes()), word("organisme", f.Where, Partners()), documents(f.Missing))
	if err != nil {
		return err
	}
	if f.Mode == ByMandate {
		return said("mandat_du", f.Mandate)
	}
	return present("mandat_du", f.Mandate.Known())
}

// Check is [Fact.Check].
func (f DocumentsReceived) Check() error {
	return first(f.check(), missing("pieces", len(f.Documents) == 0), documents(f.Documents))
}

// Check is [Fact.Check].
func (f Filed) Check() error { return first(f.check(), said("le", f.On), proof(f.Proof)) }

// Check is [Fact.Check].
func (f Oriented) Check() error {
	return first(f.checkOptional(), word("partenaire", f.Partner, Partners()), consent(f.Consent),
		sensible("rendez_vous", f.Appointment))
}

// Check is [Fact.Check].
func (f OrientationEnded) Check() error {
	return first(f.checkOptional(), word("partenaire", f.Partner, Partners()))
}

// Check is [Fact.Check].
func (f Contacted) Check() error {
	return first(f.checkOptional(), word("avec", f.With, Sides()), word("par", f.By, AllMeans()))
}

// Check is [Fact.Check].
func (f DocumentsAsked) Check() error {
	return first(f.check(), missing("pieces", len(f.Documents) == 0), documents(f.Documents), sensible("avant_le", f.By))
}

// Check is [Fact.Check].
func (f Opened) Check() error {
	return first(f.check(), f.Amount.check(), said("depuis", f.Since))
}

// Check is [Fact.Check].
func (f Refused) Check() error {
	return first(f.check(), word("motif", f.Reason, Refusals()), said("notifie_le", f.Notified))
}

// Check is [Fact.Check].
func (f Appealed) Check() error {
	return first(f.check(), word("voie", f.Remedy, Remedies()), said("le", f.On), proof(f.Proof))
}

// Check is [Fact.Check].
func (f AppealAnswered) Check() error {
	return first(f.check(), said("notifie_le", f.Notified))
}

// Check is [Fact.Check].
func (f Abandoned) Check() error {
	return first(f.check(), word("motif", f.Reason, Leavings()))
}

// Check is [Fact.Check].
func (f Renewed) Check() error { return first(f.check(), said("le", f.On)) }

// Check is [Fact.Check].
func (f Lapsed) Check() error {
	return first(f.check(), word("motif", f.Reason, Lapses()), said("le", f.On))
}

// Check is [Fact.Check].
func (f Assigned) Check() error { return shaped("agent", string(f.Agent), tokenShape) }

// Check is [Fact.Check].
func (f Moved) Check() error {
	return first(shaped("vers", string(f.To), tokenShape), consent(f.Consent))
}

// Check is [Fact.Check].
func (ConsentWithdrawn) Check() error { return nil }

// Check is [Fact.Check].
func (f Closed) Check() error { return word("motif", f.Reason, Closings()) }

// Check is [Fact.Check].
func (f Reopened) Check() error {
	return first(f.check(), f.Notice.check(), consent(f.Followed))
}

// Check is [Fact.Check].
func (f Noted) Check() error {
	return first(missing("texte", f.Text == ""), text("texte", f.Text, MaxNote))
}

// Check is [Fact.Check].
func (f Cancelled) Check() error { return missing("evenement", f.Event <= 0) }

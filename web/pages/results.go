package pages

import (
	"strings"

	"guichet/engine"
	"guichet/engine/usefulness"
	"guichet/web/templates"
)

// resultsView is the page of what a household is entitled to.
type resultsView struct {
	frame
	Heading   string
	Total     string // "" when no aid paid by the month is certain
	Already   string
	ToClaim   string // total of what is left to claim, by the month
	Claims    []claim
	Also      []claim // to claim and not paid by the month
	Nothing   string  // what to say when no aid is certain
	Short     string  // by how much what is received falls short, by the month; "" when it does not
	Shorts    []claim // of which aids
	Todo      []card
	Received  []card
	Undecided []card
	Close     []card // no right, by an amount that can be told
	NotNow    []card
	Others    string // how many are in NotNow
	RulesAt   string
	Hash      string // of the rule set
	Open      string // how many aids are not decided
	Left      string // how many useful questions have not been asked
	Ahead     []turn // what changes in the coming months
	Work      *workView
}

// claim is a line of the slip: an aid, its amount, and the card that tells more.
type claim struct{ Anchor, Name, Amount string }

// results simulates the household and shows its rights.
func (v *visit) results(a *answers) error {
	a.Then, a.Opened = "", nil
	if a.current() == takeAwayPage {
		a.back()
	}
	a.visit(resultsPage)
	p := *a.Profile
	p.Date = v.today()
	s, err := v.p.engine.Simulate(&p)
	if err != nil {
		return err
	}
	c, err := v.asking(a)
	if err != nil {
		return err
	}
	day := v.L.Date(timeOf(p.Date))
	page := resultsView{frame: v.frame(v.L.T("resultats.titre")), Heading: v.L.T("resultats.titre_date", "Date", day), RulesAt: v.L.T("resultats.regles_du", "Date", day), Hash: s.Rules}
	claimed, had := 0.0, receipts{}
	for i := range s.Aids {
		x := &s.Aids[i]
		aid, ok := v.p.engine.Set().Aid(x.Aid)
		if !ok {
			continue
		}
		made := v.card(c, x, aid)
		switch {
		case x.Status == engine.Eligible && (x.TakeUp == engine.NotReceived || x.TakeUp == engine.TakeUpUnknown):
			if made.counted = x.Amount.Period == "mois" && x.Share == nil; made.counted {
				claimed += x.Amount.Net
			}
			page.Todo = append(page.Todo, made)
		case x.TakeUp == engine.Received || x.TakeUp == engine.PartlyReceived || x.TakeUp == engine.ReceivedCheck:
			page.Received = append(page.Received, made)
			if gap := had.add(c, x); gap > 0 {
				page.Shorts = append(page.Shorts, claim{made.Anchor, made.Name, v.L.Money(roundCents(gap))})
			}
		case x.Status == engine.Undecided:
			page.Undecided = append(page.Undecided, made)
		case made.close:
			page.Close = append(page.Close, made)
		default:
			page.NotNow = append(page.NotNow, made)
		}
	}
	usefulness.Sort(page.Todo, func(k card) usefulness.Score { return k.score })
	for _, k := range page.Todo {
		if k.counted {
			page.Claims = append(page.Claims, claim{k.Anchor, k.Name, k.Amount})
		} else {
			page.Also = append(page.Also, claim{k.Anchor, k.Name, strings.TrimSpace(k.Amount + " " + k.Per)})
		}
	}
	v.sum(&page, s, claimed, had)
	page.Work = v.work(&p)
	if page.Ahead, err = v.ahead(c, p, s); err != nil {
		return err
	}
	if n := len(page.Undecided); n > 0 {
		page.Open = v.L.N("resultats.ouvertes", n)
	}
	left, err := v.pending(a)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		page.Left = v.L.N("verifier.reste", len(left))
	}
	if n := len(page.NotNow); len(page.Close) > 0 {
		page.Others = v.L.N("resultats.autres", n)
	} else {
		page.Others = v.L.N("resultats.sans_droit", n)
	}
	v.carry(&page.frame, a)
	v.aloud(&page.frame)
	v.cache(cacheNever)
	v.show(200, templates.Results, page)
	return nil
}

// receipts are what a household receives by the month of aids that are decided, beside what we find of them, in EUR.
type receipts struct {
	got, found float64 // where it says no amount, what it receives is taken for what we find
	short      float64 // what it may receive more of
	beyond     bool    // it receives more of one than we find
}

// add counts an aid that is received; short is by how much it falls below what we find.
func (r *receipts) add(c *asking, x *engine.Aid) (short float64) {
	if x.Status == engine.Undecided || x.Amount.Period != "mois" || x.Share != nil {
		return 0
	}
	found := 0.0
	if x.Status == engine.Eligible {
		found = x.Amount.Net
	}
	got, known := c.receives(x.Aid)
	if !known {
		got = found
	}
	r.got, r.found = r.got+got, r.found+found
	r.beyond = r.beyond || got >= found+rounding
	if x.TakeUp == engine.PartlyReceived {
		short = found - got
		r.short += short
	}
	return short
}

// rounding is how far an amount may lie from what we find, in EUR, and still be the same: who says what they receive rounds it.
const rounding = 1

// sum writes the slip: of what the household is entitled to by the month, what is left to claim, what it should receive more of, and the
// rest, which it receives. Where it receives more than we find, that is said first, as it was told to us, and what we find beside it.
func (v *visit) sum(page *resultsView, s *engine.Simulation, claimed float64, had receipts) {
	if had.beyond {
		page.Already = v.L.T("resultats.recevez_mois", "Montant", v.L.Money(roundCents(had.got)))
		if had.found > 0 {
			page.Already += " " + v.L.T("resultats.estime_aussi", "Montant", v.L.Money(roundCents(had.found)))
		}
	}
	switch net := s.Totals.NetPerMonth; {
	case net > 0:
		page.Total = v.L.Money(net)
		if already := net - claimed - had.short; !had.beyond && already >= 0.005 {
			page.Already = v.L.T("resultats.deja", "Montant", v.L.Money(roundCents(already)))
		}
	case len(page.Todo) > 0:
	case len(page.Undecided) > 0:
		page.Nothing = v.L.T("resultats.aucun_sur_preciser")
	default:
		page.Nothing = v.L.T("resultats.aucun_sur_non")
	}
	if claimed > 0 {
		page.ToClaim = v.L.Money(roundCents(claimed))
	}
	if len(page.Shorts) > 0 {
		page.Short = v.L.T("resultats.moins_percu", "Montant", v.L.Money(roundCents(had.short)))
	}
}

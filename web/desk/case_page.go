package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/takeup"
	"guichet/takeup/people"
)

// casePage is a case at a glance.
type casePage struct {
	frame
	Code     takeup.Code
	About    string // since when, who follows it, in which language, until when it is kept
	Closed   string
	Late     []caseTask // what should have been done
	Figures  []keyFigure
	Rights   []caseRight
	Past     []pastLine
	Coming   []caseTask
	Actions  []actionLink // about the whole case
	Address  string
	Vault    bool
	Mandate  bool
	Inform   string // address of the form that reads the notice again, when its text has changed
	Withdraw string // address of the form that takes the agreement back; empty when there is nothing to take back
}

// caseTask is something to do, in words.
type caseTask struct {
	Day, What, Stake string
	Late             bool
}

// caseRight is one right of a case.
type caseRight struct {
	Name, For, Type string
	Stage, Chip     string // in words, and the class of its chip
	Icon            string
	Path            []string // the class of each of the four bars; none for a right that nobody has to ask for
	Estimated, Real string
	Since           string
	Due             string
	Hot             bool
	Actions         []actionLink
}

type actionLink struct{ Words, Address string }

// pastLine is something that happened, in words.
type pastLine struct {
	Day, What, More, By string
	Cancelled           bool
}

// Colon joins what happened to its details.
func (l pastLine) Colon() string {
	if l.More == "" {
		return ""
	}
	return " : " + l.More
}

// caseFile answers GET /accueil/dossiers/{code}.
func (v *visit) caseFile() {
	c, ok := v.foundCase(people.CaseRead)
	if !ok {
		return
	}
	page, err := v.casePage(c)
	if err != nil {
		v.broken(err)
		return
	}
	v.show(http.StatusOK, "dossier", page)
}

func (v *visit) casePage(c *takeup.Case) (casePage, error) {
	title := v.L.T("dossier.titre", "Code", string(c.Code))
	page := casePage{frame: v.frame(title, "dossiers"), Code: c.Code, Address: caseAddress(c.Code), Vault: v.keep.Vault != nil && c.IsOpen()}
	names, err := v.agentNames()
	if err != nil {
		return page, err
	}
	rules := takeup.RulesOf(v.d.engine.Set())
	today := takeup.DayOf(v.at)
	line := c.Timeline(rules)
	about := []string{
		v.L.T("dossier.ouvert_le", "Date", v.date(takeup.DayOf(c.OpenedAt.In(v.at.Location())))),
		v.L.T("dossier.referent", "Agent", names.of(v, c.Referent)), v.language(c.Reception),
	}
	if keep := c.Retention(0); keep.Case.Known() {
		about = append(about, v.L.T("dossier.efface_le", "Date", v.date(keep.Case)))
	}
	page.About = strings.Join(about, " · ")
	if c.ClosedFor != "" {
		page.Closed = v.L.T("dossier.clos", "Motif", v.L.T("mot.cloture."+string(c.ClosedFor)), "Date", v.date(takeup.DayOf(c.ClosedAt.In(v.at.Location()))))
	}
	next := map[takeup.RightID]takeup.Task{}
	for _, t := range line.Coming {
		task := v.task(t, today)
		page.Coming = append(page.Coming, task)
		if task.Late {
			page.Late = append(page.Late, task)
		}
		if _, has := next[t.Right]; !has {
			next[t.Right] = t
		}
	}
	for _, e := range line.Past {
		one := v.pastLine(e)
		one.By, one.Cancelled = names.of(v, e.By), c.IsCancelled(e.Number)
		page.Past = append(page.Past, one)
	}
	for i, r := range c.Current() {
		made := v.caseRight(r, next, today)
		form := &actionForm{visit: v, c: c, right: r}
		for _, one := range form.offeredTo() {
			made.Actions = append(made.Actions, actionLink{v.L.T("dossier.action." + one.name), page.Address + "/droits/" + strconv.Itoa(i+1) + "/" + one.name})
		}
		page.Rights = append(page.Rights, made)
		page.Mandate = page.Mandate || r.Stage.Live()
	}
	for _, one := range (&actionForm{visit: v, c: c}).offeredTo() {
		address := page.Address + "/noter/" + one.name
		switch one.name {
		case "accord_retire":
			page.Withdraw = address
			continue
		case "information":
			page.Inform = address
			continue
		}
		page.Actions = append(page.Actions, actionLink{v.L.T("dossier.action." + one.name), address})
	}
	page.Figures = v.caseFigures(c, line.Coming, today)
	return page, nil
}

// agentNames are the names of the agents of the CCAS.
type agentNames map[takeup.Agent]string

func (v *visit) agentNames() (agentNames, error) {
	all, err := v.keep.People.Agents(v.ctx(), v.who.CCAS)
	out := agentNames{}
	for _, a := range all {
		out[a.ID] = a.Name
	}
	return out, err
}

// of names an agent: the program itself, or one who is not there any more.
func (n agentNames) of(v *visit, id takeup.Agent) string {
	switch name, ok := n[id]; {
	case ok:
		return name
	case id == "":
		return v.L.T("dossier.programme")
	}
	return v.L.T("dossier.ancien")
}

func (v *visit) language(r takeup.Reception) string {
	words := v.L.T("dossier.langue", "Langue", v.languageName(r.Language))
	if r.Interpreter {
		words += v.L.T("dossier.avec_interprete")
	}
	return words
}

// languageName names a language in French.
func (v *visit) languageName(l takeup.Language) string {
	return v.L.T("mot.langue." + strings.ReplaceAll(string(l), "-", "_"))
}

// rightName calls a right, and whose it is when it is not the household's.
func (v *visit) rightName(id takeup.RightID) string {
	if id.Aid == "" {
		return ""
	}
	if id.For == takeup.Household {
		return v.aidCalled(id.Aid)
	}
	return v.aidCalled(id.Aid) + " (" + strings.ToLower(v.L.T("mot.pour."+string(id.For))) + ")"
}

// cents writes an amount and what it is paid for.
func (v *visit) cents(c takeup.Cents, per takeup.Period) string {
	return v.L.Money(float64(c)/100) + " " + v.L.T("mot.periode."+string(per))
}

// estimate writes what the rules gave of an aid: nothing when it pays nothing, and the most of what is not decided, unless that is the
// ceiling of the aid, which says nothing.
func (v *visit) estimate(id string, e *takeup.Estimate) string {
	switch {
	case e == nil || e.Max == 0:
		return ""
	case e.Min == e.Max:
		return v.cents(e.Min, e.Per)
	case e.Min == 0:
		if aid, ok := v.d.engine.Set().Aid(id); ok && float64(e.Max) >= 100*aid.Ceiling {
			return v.L.T("resultats.non_chiffre")
		}
		return v.L.T("dossier.jusqua", "Montant", v.cents(e.Max, e.Per))
	}
	return v.L.T("dossier.des", "Montant", v.cents(e.Min, e.Per))
}

// task says what is to be done.
func (v *visit) task(t takeup.Task, today takeup.Day) caseTask {
	out := caseTask{Day: v.date(t.Due), Late: t.Due < today, What: v.taskWords(t)}
	if name := v.rightName(t.Right); name != "" {
		out.What = name + " : " + out.What
	}
	if t.Stake != nil && t.Stake.Min > 0 {
		out.Stake = v.estimate(t.Right.Aid, t.Stake)
	}
	return out
}

func (v *visit) taskWords(t takeup.Task) string {
	key := string(t.Kind)
	switch {
	case t.Kind == takeup.TaskFile && len(t.Missing) > 0:
		key += "_pieces"
	case t.Kind == takeup.TaskRemind:
		key += "_" + string(t.With)
	case t.Kind == takeup.TaskSilence && t.Accepts:
		key += "_accepte"
	}
	partner, before := "", ""
	if t.Partner != "" {
		partner = v.L.T("mot.organisme." + string(t.Partner))
	}
	if t.Before != "" {
		before = v.L.T("dossier.devant." + t.Before)
	}
	var missing []string
	for _, d := range (&actionForm{visit: v}).documents(t.Missing) {
		missing = append(missing, d.Words)
	}
	return v.L.T("a_faire.tache."+key, "Rang", strconv.Itoa(t.Rank), "Organisme", partner, "Devant", before, "Pieces", strings.Join(missing, ", "))
}

// stageLooks are how a stage looks: its chip, its icon, and its bars — found, asked for, answered, open.
var stageLooks = map[takeup.Stage]struct {
	chip, icon string
	path       []string
}{
	takeup.StageNoted:     {"maybe", "q", []string{"on", "", "", ""}},
	takeup.StagePlanned:   {"maybe", "clock", []string{"on", "", "", ""}},
	takeup.StageFiled:     {"todo", "clock", []string{"on", "on", "", ""}},
	takeup.StageOpened:    {"yes", "ok", []string{"on", "on", "on", "on"}},
	takeup.StageRefused:   {"late", "alert", []string{"on", "on", "bad", ""}},
	takeup.StageAppealed:  {"todo", "clock", []string{"on", "on", "bad", ""}},
	takeup.StageAbandoned: {"", "dash", []string{"on", "bad", "", ""}},
	takeup.StageLapsed:    {"late", "alert", []string{"on", "on", "on", "bad"}},
	takeup.StageReceived:  {"yes", "ok", nil},
	takeup.StageNoRight:   {"", "no", nil},
}

func (v *visit) caseRight(r *takeup.Right, next map[takeup.RightID]takeup.Task, today takeup.Day) caseRight {
	look := stageLooks[r.Stage]
	out := caseRight{Name: v.aidCalled(r.Aid), Stage: v.L.T("mot.etape." + string(r.Stage)), Chip: look.chip, Icon: look.icon, Path: slices.Clone(look.path), Estimated: v.estimate(r.Aid, r.Estimate)}
	if r.For != takeup.Household {
		out.For = v.L.T("mot.pour." + string(r.For))
	}
	if r.Type != "" {
		out.Type = v.L.T("mot.type." + string(r.Type))
	}
	switch {
	case r.Stage == takeup.StageFiled:
		out.Stage = v.L.T("dossier.depose_le", "Date", v.date(r.Filed))
	case r.Noticed:
		out.Stage = v.L.T("dossier.nouveau")
	}
	if r.Stage == takeup.StageOpened || r.Stage == takeup.StageLapsed {
		out.Real, out.Since = v.cents(r.Amount.Cents, r.Amount.Per), v.L.T("dossier.depuis", "Date", v.date(r.Since))
	}
	t, has := next[r.RightID]
	if !has {
		return out
	}
	out.Due, out.Hot = v.taskWords(t)+" : "+v.date(t.Due), t.Due < today
	if out.Hot && r.Stage.Live() && len(out.Path) > 0 {
		out.Chip, out.Icon = "late", "alert"
		for i, class := range out.Path {
			if class == "" {
				out.Path[i-1] = "bad"
				break
			}
		}
	}
	return out
}

// caseFigures are the figures at the top: estimated and opened are never added.
func (v *visit) caseFigures(c *takeup.Case, coming []takeup.Task, today takeup.Day) []keyFigure {
	var estimated, opened takeup.Cents
	found, granted := 0, 0
	rules := takeup.RulesOf(v.d.engine.Set())
	var appeal *takeup.Right
	var last takeup.Day
	for _, r := range c.Current() {
		if r.Found.Known() {
			found++
		}
		if e := r.Estimate; e != nil && e.Per == takeup.PerMonth && (r.Stage.Live() || r.Stage == takeup.StageOpened) {
			estimated += e.Min
		}
		if r.Stage == takeup.StageOpened {
			granted++
			if r.Amount.Per == takeup.PerMonth {
				opened += r.Amount.Cents
			}
		}
		if by := r.AppealBy(rules.Procedure(r.Aid)); r.Stage == takeup.StageRefused && by >= today && (appeal == nil || by < last) {
			appeal, last = r, by
		}
	}
	out := []keyFigure{
		{v.L.T("dossier.chiffre.estime"), v.L.Money(float64(estimated) / 100), v.L.N("dossier.chiffre.droits", found)},
		{v.L.T("dossier.chiffre.ouvert"), v.L.Money(float64(opened) / 100), v.L.N("dossier.chiffre.ouverts", granted)},
	}
	if len(coming) > 0 {
		out = append(out, keyFigure{v.L.T("dossier.chiffre.echeance"), v.date(coming[0].Due), v.task(coming[0], today).What})
	}
	if appeal != nil {
		out = append(out, keyFigure{v.L.T("dossier.chiffre.recours"), v.L.N("indicateurs.jours", int(last-today)), v.L.T("dossier.chiffre.recours_de", "Droit", v.rightName(appeal.RightID), "Date", v.date(last))})
	}
	return out
}

package desk

import (
	"strings"

	"guichet/takeup"
)

// pastLine says an event in words: what kind of thing it was, and its details.
func (v *visit) pastLine(e takeup.Event) pastLine {
	out := pastLine{Day: v.date(takeup.DayOf(e.At.In(v.at.Location()))), What: v.L.T("dossier.fait." + e.Fact.Kind())}
	var details []string
	add := func(words ...string) {
		for _, w := range words {
			if w != "" {
				details = append(details, w)
			}
		}
	}
	if about, ok := e.Fact.(interface{ About() takeup.RightID }); ok {
		add(v.rightName(about.About()))
	}
	add(v.details(e.Fact)...)
	out.More = strings.Join(details, " · ")
	return out
}

// word says a word of a closed list; nothing when there is none.
func (v *visit) word(list, w string) string {
	if w == "" {
		return ""
	}
	return v.L.T("mot." + list + "." + w)
}

func (v *visit) on(key string, d takeup.Day) string {
	if !d.Known() {
		return ""
	}
	return v.L.T("dossier.detail."+key, "Date", v.date(d))
}

func (v *visit) either(is bool, yes, no string) string {
	if is {
		return v.L.T("dossier.detail." + yes)
	}
	return v.L.T("dossier.detail." + no)
}

func (v *visit) proof(number string) string {
	if number == "" {
		return ""
	}
	return v.L.T("dossier.detail.recepisse", "Numero", number)
}

func (v *visit) documentList(ids []string) string {
	var out []string
	for _, d := range (&actionForm{visit: v}).documents(ids) {
		out = append(out, d.Words)
	}
	return strings.Join(out, ", ")
}

// details are those of a fact, beside the right it is about.
func (v *visit) details(fact takeup.Fact) []string {
	switch f := fact.(type) {
	case takeup.CaseOpened:
		return []string{v.word("canal", string(f.Channel)), v.language(f.Reception), v.L.T("dossier.detail.notice", "Version", f.Notice.Version)}
	case takeup.Visited:
		return []string{v.word("canal", string(f.Channel)), v.language(f.Reception)}
	case takeup.Reopened:
		return []string{v.word("canal", string(f.Channel)), v.language(f.Reception), v.L.T("dossier.detail.notice", "Version", f.Notice.Version)}
	case takeup.Informed:
		return []string{v.L.T("dossier.detail.notice", "Version", f.Notice.Version)}
	case takeup.Diagnosed:
		return []string{v.word("constat", string(f.Finding)), v.word("type", string(f.Type)), v.word("motif", string(f.Reason)), v.estimate(f.Aid, f.Estimate)}
	case takeup.Reestimated:
		return []string{v.word("changement", string(f.Change)), v.estimate(f.Aid, &f.Estimate)}
	case takeup.Planned:
		return []string{v.word("mode", string(f.Mode)), v.word("organisme", string(f.Where)), v.documentList(f.Missing), v.on("mandat", f.Mandate)}
	case takeup.DocumentsReceived:
		return []string{v.documentList(f.Documents)}
	case takeup.DocumentsAsked:
		return []string{v.documentList(f.Documents), v.on("avant", f.By)}
	case takeup.Filed:
		return []string{v.on("le", f.On), v.proof(f.Proof)}
	case takeup.Oriented:
		return []string{v.word("organisme", string(f.Partner)), v.on("rendez_vous", f.Appointment)}
	case takeup.OrientationEnded:
		return []string{v.word("organisme", string(f.Partner)), v.either(f.Seen, "vu", "pas_vu")}
	case takeup.Contacted:
		return []string{v.word("cote", string(f.With)), v.word("moyen", string(f.By)), v.either(f.Reached, "joint", "pas_joint")}
	case takeup.Opened:
		return []string{v.cents(f.Amount.Cents, f.Amount.Per), v.on("depuis", f.Since)}
	case takeup.Refused:
		return []string{v.word("refus", string(f.Reason)), v.on("recu", f.Notified)}
	case takeup.Appealed:
		return []string{v.word("recours", string(f.Remedy)), v.on("le", f.On), v.proof(f.Proof)}
	case takeup.AppealAnswered:
		return []string{v.either(f.Upheld, "favorable", "defavorable"), v.on("recu", f.Notified)}
	case takeup.Abandoned:
		return []string{v.word("abandon", string(f.Reason))}
	case takeup.Renewed:
		return []string{v.on("le", f.On)}
	case takeup.Lapsed:
		return []string{v.word("perte", string(f.Reason)), v.on("le", f.On)}
	case takeup.Closed:
		return []string{v.word("cloture", string(f.Reason))}
	case takeup.Noted:
		return []string{f.Text}
	case takeup.Cancelled:
		return []string{v.L.T("dossier.detail.numero", "Numero", f.Event)}
	}
	return nil
}

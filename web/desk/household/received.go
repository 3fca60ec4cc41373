package household

import (
	"slices"
	"strings"

	"guichet/engine/profile"
)

// received adds the rows of the aids received today: one for each aid, and one that says that there are no others. Until it does,
// the aids left without an answer are not known to be received or not.
func (l *list) received(aids []string) {
	l.add(Row{
		Name: receivedName, Section: SectionAids, Topic: "prestations", Kind: Choice, Values: []string{None}, Prefix: "question.prestations.",
		Label: "question.prestations.nom", Ask: "question.prestations.titre",
		get: func(p *profile.Profile) string {
			if noOther(p) {
				return None
			}
			return ""
		},
	})
	for _, aid := range aids {
		l.add(Row{
			Name: receivedName + "." + aid, Section: SectionAids, Topic: "prestations", Kind: Aid, Values: []string{"oui", "non"}, Prefix: "reponse.", Unit: "montants.eur", Aid: aid,
			get: func(p *profile.Profile) string {
				b, listed := benefit(p, aid)
				switch {
				case !p.Received.Known || listed && b.Unknown:
					return ""
				case listed:
					return "oui"
				}
				return "non"
			},
		})
	}
}

// noOther says whether it is known of every aid if it is received.
func noOther(p *profile.Profile) bool {
	return p.Received.Known && !slices.ContainsFunc(p.Received.Value, func(b profile.Benefit) bool { return b.Unknown })
}

// ReceivesNoOther says whether it is known of every aid if the household receives it.
func (s *State) ReceivesNoOther() bool { return noOther(s.Profile) }

// AmountText is what the field shows for how much of an aid is received.
func (r *Row) AmountText(s *State) string {
	b, _ := benefit(s.Profile, r.Aid)
	return number(b.Amount)
}

func benefit(p *profile.Profile, aid string) (profile.Benefit, bool) {
	i := slices.IndexFunc(p.Received.Value, func(b profile.Benefit) bool { return b.Aid == aid })
	if i < 0 {
		return profile.Benefit{}, false
	}
	return p.Received.Value[i], true
}

// readReceived makes the list of aids received from their rows. Those that the page does not know stay.
func (b *reading) readReceived(rows []Row) {
	ended, some := b.typed(receivedName) == None, false
	shown := func(aid string) bool {
		return slices.ContainsFunc(rows, func(r Row) bool { return r.Aid == aid })
	}
	old := b.p.Received.Value
	list := slices.DeleteFunc(slices.Clone(old), func(x profile.Benefit) bool { return shown(x.Aid) })
	some = len(list) > 0
	for _, r := range rows {
		if r.Aid == "" {
			continue
		}
		text := b.typed(r.Name + AmountField)
		said := b.typed(r.Name)
		if text != "" && said == "" { // an amount says that it is received
			said = "oui"
		}
		switch said {
		case "oui":
			x := profile.Benefit{Aid: r.Aid}
			if was, _ := benefit(b.p, r.Aid); text == number(was.Amount) {
				x.Amount = was.Amount
			} else {
				read, bad := amount(text, profile.MaxBenefit)
				if bad != nil {
					b.wrong[r.Name] = *bad
				}
				x.Amount = read
			}
			list, some = append(list, x), true
		case "non":
			some = true
		case DontKnow:
			b.next.leave(r.Name)
			list = append(list, profile.Benefit{Aid: r.Aid, Unknown: true})
		default:
			if !ended {
				list = append(list, profile.Benefit{Aid: r.Aid, Unknown: true})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y profile.Benefit) int { return order(old, x.Aid) - order(old, y.Aid) })
	b.p.Received = profile.Opt[[]profile.Benefit]{}
	if ended || some {
		b.p.Received = profile.Some(list)
	}
	if ended || b.p.Received.Known {
		b.next.forget(func(name string) bool { return name == receivedName })
	}
	if b.typed(receivedName) == DontKnow && !b.p.Received.Known {
		b.next.leave(receivedName)
	}
}

// order keeps the aids of a list in its order, and new ones after them as they come.
func order(list []profile.Benefit, aid string) int {
	if i := slices.IndexFunc(list, func(b profile.Benefit) bool { return b.Aid == aid }); i >= 0 {
		return i
	}
	return len(list)
}

// receives says whether a row's name is that of the aids received.
func receives(name string) bool {
	return name == receivedName || strings.HasPrefix(name, receivedName+".")
}

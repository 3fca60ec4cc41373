package engine_test

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// situations are the rows of the guide.
var situations = []struct {
	label string
	who   profile.Person
}{
	{"Nationalité française", profile.Person{Nationality: "francaise"}},
	{"Européen qui travaille", profile.Person{Nationality: "ue", Activity: "salarie"}},
	{"Européen sans travail", profile.Person{Nationality: "ue", Activity: "inactif"}},
	{"Carte de résident", profile.Person{Permit: "carte_resident"}},
	{"Carte de séjour", profile.Person{Permit: "carte_sejour"}},
	{"Réfugié", profile.Person{Permit: "refugie"}},
	{"Protection subsidiaire", profile.Person{Permit: "protection_subsidiaire"}},
	{"Apatride", profile.Person{Permit: "apatride"}},
	{"Récépissé", profile.Person{Permit: "recepisse"}},
	{"Demande d'asile en cours", profile.Person{Permit: "demandeur_asile"}},
	{"Sans titre", profile.Person{Permit: "aucun"}},
}

// longest is a stay, in months, after which nothing changes.
const longest = 12 * 15

// cell asks the rules for one cell: how long a stay opens the aids, and whether an office still has something to appraise.
func cell(t testing.TB, e *engine.Engine, column string, who profile.Person) string {
	t.Helper()
	who.Birth = profile.DateOf(1950, 1, 1)
	if who.Nationality == "" {
		who.Nationality, who.Activity = "hors_ue", "inactif"
	}
	unsaid := shortest(t, e, column, who)
	who.StayProven = profile.Some(true)
	switch proven := shortest(t, e, column, who); {
	case proven > longest:
		return "non"
	case unsaid > longest:
		return months(proven) + " \\*"
	case unsaid > proven:
		return months(unsaid) + " (avant : \\*)"
	default:
		return months(proven)
	}
}

// shortest gives the months of stay from which a column says yes, more than the longest when it never does.
func shortest(t testing.TB, e *engine.Engine, column string, who profile.Person) int {
	t.Helper()
	return sort.Search(longest+1, func(n int) bool {
		who.StayFrom = since(n)
		return opens(t, e, column, who) == "oui"
	})
}

func months(n int) string {
	if n == 0 {
		return "oui"
	}
	return fmt.Sprintf("%d mois", n)
}

// residenceGuide writes docs/sejour.md.
func residenceGuide(t testing.TB, e *engine.Engine) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`# Séjour et aides

Ce tableau est écrit à partir des règles (` + "`rules/commun/sejour`, `rules/baremes/sejour.yaml`" + `) par
` + "`go test ./engine -run ResidenceGuide -update`" + ` ; un test vérifie qu'il est à jour. Il ne dit que la condition de séjour : l'âge, les ressources
et le reste s'y ajoutent.

- **oui** : sans durée de séjour. **60 mois** : après ce temps de séjour régulier, avec des titres qui permettent de travailler (pour un
  Européen, de résidence en France). **non** : ce titre n'ouvre pas l'aide.
- **\*** : **à vérifier**. L'organisme apprécie ; Guichet le demande (` + "`sejour_justifie`" + `) et, sans réponse, ne dit ni oui ni non.
  - Européen sans travail : droit de séjour (travail perdu, ressources suffisantes et assurance maladie, cinq ans de séjour légal, famille d'un
    Européen qui travaille). Venu seulement chercher un emploi, il n'a pas droit au RSA ni aux autres minima.
  - Avant les trois mois de la complémentaire santé : la résidence peut être plus ancienne que le titre ; la caisse regarde les preuves.
  - Récépissé : celui du **renouvellement** d'un titre, ou qui porte « reconnu réfugié » ou « protection subsidiaire », vaut le titre ; celui
    d'une première demande, non, sauf pour la complémentaire santé, qui admet tout document de la préfecture (arrêté du 10/05/2017).
- **Titre inconnu** : l'aide reste « à préciser », jamais « non ». Seul un profil ` + "`complet`" + ` dit le contraire : ce qui n'y est pas écrit n'est pas,
  et un étranger dont il ne donne pas le titre n'en a pas.

`)
	row := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	headers, rules, articles := []string{""}, []string{"---"}, []string{"Textes de l'aide"}
	for _, s := range stays {
		headers, rules = append(headers, s.header), append(rules, "---")
		articles = append(articles, cited(e.Set(), s.name, s.aids))
	}
	row(headers...)
	row(rules...)
	for _, x := range situations {
		cells := []string{"**" + x.label + "**"}
		for _, s := range stays {
			cells = append(cells, cell(t, e, s.name, x.who))
		}
		row(cells...)
	}
	row(articles...)
	b.WriteString("\n## L'article de chaque titre\n\n")
	row(headers...)
	row(rules...)
	for i, permit := range fact.Permits {
		at := slices.IndexFunc(situations, func(s struct {
			label string
			who   profile.Person
		},
		) bool {
			return s.who.Permit == permit
		})
		require.GreaterOrEqual(t, at, 0, permit)
		cells := []string{"**" + situations[at].label + "**"}
		for _, s := range stays {
			cells = append(cells, articleOf(t, e.Set(), s.name, i))
		}
		row(cells...)
	}
	b.WriteString(`
## Ce que le tableau ne dit pas

- **Époux européen d'un Européen qui travaille** : comme celui qui travaille (CASF L262-6, CSS L821-1).
- **Époux, d'un pays tiers, d'un Européen qui a le droit de séjour** : comme un Européen (directive 2004/38, art. 24) ; il n'attend pas à côté de
  qui travaille, trois mois sinon, et ni les cinq ans du RSA ni les dix de l'ASPA ne lui sont demandés. Avec une carte de séjour ; sans elle,
  l'organisme apprécie (\*). Le partenaire d'un PACS, le concubin et l'époux d'un Français restent à la ligne de leur titre.
- **Couple.** Pour le RSA et la prime d'activité, le conjoint qui ne remplit pas la condition ne compte pas dans le foyer (CASF L262-5, CSS
  R842-2) ; ses ressources comptent. Pour les prestations familiales et l'aide au logement, un seul des deux suffit.
- **Parent isolé, femme enceinte isolée.** Avec la majoration, hors Union européenne, aucune durée : le séjour régulier des prestations
  familiales suffit (CASF L262-4, 2°, b ; CSS L842-2, 2°, c).
- **Enfant étranger d'étrangers hors Union européenne.** Il doit être né en France, venu par le regroupement familial, enfant de réfugié, de
  protégé ou d'apatride, ou dans un autre cas de CSS L512-2 (D512-2). Guichet le demande ; il compte dans le RSA à la même condition
  (CASF L262-5), et sans elle dans l'aide au logement.
- **Étudiant.** La carte « étudiant » permet de travailler et compte. Depuis le 1er juillet 2026 l'aide au logement d'un étudiant hors Union
  européenne est à vérifier.
- **Complémentaire santé.** Qui travaille (CSS L160-1), étudie ou fait un stage (D160-2, II, 5°) avec un titre n'attend pas les trois mois.
- **Chèque énergie** : aucune condition de séjour. **Prime de Noël, majoration pour la vie autonome** : celles de l'aide qui les ouvre.
- **Demandeur d'asile** : pas de RSA ; l'Ofii verse l'allocation pour demandeur d'asile (ADA), à demander au guichet unique.
- **Sans titre** : l'aide médicale de l'État (AME) est à demander après trois mois de présence en France.
- **Réfugié ou protégé dont la carte n'est pas encore faite** : répondez par son statut, et non « récépissé ».
- Les anciens combattants ont l'Aspa et l'ASI sans durée (CSS L816-1, 2°), les bénéficiaires de la protection temporaire ou d'une autre
  autorisation provisoire de plus de trois mois les prestations familiales (D512-1, 7°) : Guichet ne le demande pas.
`)
	return b.String()
}

// cited names the texts of the aids' own condition, or where no aid has it yet those of the barème.
func cited(set *ruleset.Set, column string, aids []string) string {
	var titles []string
	add := func(refs []ruleset.Reference) {
		for _, r := range refs {
			if !slices.Contains(titles, r.Title) {
				titles = append(titles, r.Title)
			}
		}
	}
	for _, id := range aids {
		aid, ok := set.Aid(id)
		if !ok {
			continue
		}
		for _, c := range aid.Conditions {
			if _, refs, in := c.InForce(fact.Day(today).Month()); in && c.ID == "sejour" {
				add(refs)
			}
		}
	}
	if len(titles) == 0 {
		b, _ := set.Bareme("bareme.sejour." + column)
		v, _ := b.ValueAt(fact.Day(today).Month())
		add(v.Reference)
	}
	return strings.Join(titles, " ; ")
}

func articleOf(t testing.TB, set *ruleset.Set, column string, permit int) string {
	t.Helper()
	b, ok := set.Bareme("bareme.sejour." + column)
	require.True(t, ok, column)
	v, ok := b.ValueAt(fact.Day(today).Month())
	require.True(t, ok, column)
	var titles []string
	for _, r := range v.Cells[permit] {
		titles = append(titles, r.Title)
	}
	return strings.Join(titles, " ; ")
}

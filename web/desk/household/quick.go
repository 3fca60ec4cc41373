package household

// QuickTopics are the eight answers of the quick screen: of all sets of eight that a search tried, the one that leaves the fewest aids
// undecided over the reference households (TestEightAnswers prints how many). An answer is a topic: the births of both adults are one.
var QuickTopics = []string{"naissance", "couple", "enfants", "nationalite", "logement", "revenus", "foyer_fiscal", "sante"}

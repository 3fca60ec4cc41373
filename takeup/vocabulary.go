package takeup

import "slices"

// The words that facts are written with. Every list is closed, so that what is kept can be counted and says nothing more about
// anyone than the protocol needs; pages give each word its sentence.

// A Finding is what a diagnosis found about a right.
type Finding string

// The findings.
const (
	AlreadyReceived Finding = "percu"
	Likely          Finding = "probable"
	ToVerify        Finding = "a_verifier"
	NoRight         Finding = "non"
)

// Findings gives the findings in the order of a page.
func Findings() []Finding { return []Finding{Likely, ToVerify, AlreadyReceived, NoRight} }

// A Type is a type of non-take-up, after the Odenore and the APUR.
type Type string

// The types.
const (
	NotKnown    Type = "NCO" // non-connaissance: the offer is not known
	NotAsked    Type = "NDE" // non-demande: known, not asked for
	NotObtained Type = "NRE" // non-réception: asked for, not obtained
	NotOffered  Type = "NPR" // non-proposition: nobody offered it
	Misdirected Type = "NOR" // non-orientation: not sent to the right service
	NotRenewed  Type = "NRN" // non-renouvellement: lost at its renewal
)

// Types gives the types in the order of a page.
func Types() []Type {
	return []Type{NotKnown, NotAsked, NotObtained, NotOffered, Misdirected, NotRenewed}
}

// A Reason is why a right was not asked for or not obtained, as the person tells it. It is kept apart from the type.
type Reason string

// The reasons.
const (
	Information       Reason = "information"
	Complexity        Reason = "complexite"
	Digital           Reason = "numerique"
	LanguageBarrier   Reason = "langue"
	FearOfRecovery    Reason = "crainte_indu" // of an overpayment to give back, or of being checked
	FearOfSuccession  Reason = "crainte_succession"
	Autonomy          Reason = "autonomie" // wishes to manage alone, or fears how others look at it
	NotWorthIt        Reason = "montant_faible"
	AwaitingPapers    Reason = "attente_papiers"
	NoInstitutionWord Reason = "sans_reponse" // the institution did not answer
	ReasonUnsaid      Reason = "non_dit"
)

// Reasons gives the reasons in the order of a page.
func Reasons() []Reason {
	return []Reason{
		Information, Complexity, Digital, LanguageBarrier, FearOfRecovery, FearOfSuccession, Autonomy, NotWorthIt, AwaitingPapers,
		NoInstitutionWord, ReasonUnsaid,
	}
}

// A Channel is how a person came to be received.
type Channel string

// The channels.
const (
	WalkIn         Channel = "accueil"
	AidRequest     Channel = "aide_facultative" // a request for an aid of the CCAS
	Domiciliation  Channel = "domiciliation"
	Outreach       Channel = "aller_vers"
	ByPartner      Channel = "partenaire"
	ByTelephone    Channel = "telephone"
	Online         Channel = "en_ligne" // came with the sheet of a simulation made alone
	FromOtherTown  Channel = "transfert"
	ChannelUnknown Channel = "autre"
)

// Channels gives the channels in the order of a page.
func Channels() []Channel {
	return []Channel{
		WalkIn, AidRequest, Domiciliation, Outreach, ByPartner, ByTelephone, Online, FromOtherTown, ChannelUnknown,
	}
}

// A Language is the tag of a language that someone needs at the counter.
type Language string

// OtherLanguage is one that the list does not name.
const OtherLanguage Language = "autre"

// Languages gives the languages in the order of a page: those the pages are written in, then those that are mostly spoken.
func Languages() []Language {
	return []Language{
		"fr", "fr-x-simple", "ar", "en", "pt", "ta", "bn", "tr", "zh-Hans", "ro", "es", "ur", "ht", "uk", "ru", "fa-AF",
		"bm", "snk", "wo", "ff", "ln", "ber", "kab", "ps", "pa", "hi", "so", "ti", "am", "ka", "hy", "sq", "sr", "pl", "bg", "it",
		"vi", "fsl", OtherLanguage,
	}
}

// A Mode is who takes the steps for a right.
type Mode string

// The modes.
const (
	Alone       Mode = "seul"
	Accompanied Mode = "accompagne"
	ByMandate   Mode = "mandat" // in the person's place, under a signed mandate
)

// Modes gives the modes in the order of a page.
func Modes() []Mode { return []Mode{Alone, Accompanied, ByMandate} }

// A Partner is a body where a right is asked for, or to which a person is directed.
type Partner string

// CCASItself is the partner of the rights that the CCAS itself grants.
const CCASItself Partner = "ccas"

// Partners gives the bodies in the order of a page. What rules name as « organisme: » is among them.
func Partners() []Partner {
	return []Partner{
		"caf", "msa", "cpam", "carsat", "caisse_retraite", "mdph", "france_travail", "departement", "region", "commune", CCASItself,
		"asp", "france_services", "crous", "bailleur", "prefecture", "impots", "association", "ecrivain_public", "avocat", "autre",
	}
}

// A Means is how someone was contacted.
type Means string

// The means.
const (
	Telephone Means = "telephone"
	SMS       Means = "sms"
	Email     Means = "courriel"
	Letter    Means = "courrier"
	InPerson  Means = "en_personne"
	AtHome    Means = "domicile"
)

// AllMeans gives the means in the order of a page.
func AllMeans() []Means { return []Means{Telephone, SMS, Email, Letter, InPerson, AtHome} }

// A Side is who was contacted.
type Side string

// The sides.
const (
	ThePerson Side = "personne"
	TheBody   Side = "organisme"
)

// Sides gives the sides in the order of a page.
func Sides() []Side { return []Side{ThePerson, TheBody} }

// A Change is what a recomputation found about a right.
type Change string

// The changes.
const (
	NewRight      Change = "nouveau"
	AmountChanged Change = "montant"
	RightLost     Change = "perdu"
)

// Changes gives the changes in the order of a page.
func Changes() []Change { return []Change{NewRight, AmountChanged, RightLost} }

// A Refuse is why a body refused a right.
type Refuse string

// The reasons of a refusal.
const (
	RefusedResources Refuse = "ressources"
	RefusedResidence Refuse = "residence"
	RefusedStay      Refuse = "sejour"
	RefusedAge       Refuse = "age"
	RefusedHousehold Refuse = "situation"
	RefusedDocuments Refuse = "pieces"
	RefusedLate      Refuse = "hors_delai"
	RefusedSilence   Refuse = "silence" // no answer within the time after which the law says no
	RefusedUnsaid    Refuse = "non_dit"
)

// Refusals gives the reasons of a refusal in the order of a page.
func Refusals() []Refuse {
	return []Refuse{
		RefusedResources, RefusedResidence, RefusedStay, RefusedAge, RefusedHousehold, RefusedDocuments, RefusedLate, RefusedSilence,
		RefusedUnsaid,
	}
}

// A Remedy is a way against a refusal.
type Remedy string

// The remedies.
const (
	ToBody      Remedy = "amiable" // the appeal that comes first: commission de recours amiable, président du Département…
	ToMediator  Remedy = "mediateur"
	ToDefender  Remedy = "defenseur_droits"
	ToTheJudges Remedy = "tribunal"
)

// Remedies gives the remedies in the order of a page.
func Remedies() []Remedy { return []Remedy{ToBody, ToMediator, ToDefender, ToTheJudges} }

// A Leaving is why a right was given up.
type Leaving string

// The reasons of giving up.
const (
	LeftUnreachable Leaving = "injoignable"
	LeftWish        Leaving = "souhait" // the person does not want it
	LeftTooHard     Leaving = "complexite"
	LeftDocuments   Leaving = "pieces" // a document cannot be had
	LeftFear        Leaving = "crainte"
	LeftAmount      Leaving = "montant_faible"
	LeftNoRight     Leaving = "plus_de_droit"
	LeftGone        Leaving = "depart" // moved away, or died
	LeftClosed      Leaving = "cloture"
)

// Leavings gives the reasons of giving up in the order of a page.
func Leavings() []Leaving {
	return []Leaving{
		LeftUnreachable, LeftWish, LeftTooHard, LeftDocuments, LeftFear, LeftAmount, LeftNoRight, LeftGone, LeftClosed,
	}
}

// A Lapse is why a right ended.
type Lapse string

// The reasons of an end.
const (
	LapsedForm    Lapse = "non_renouvele" // the renewal was not asked for, or came late
	LapsedChanged Lapse = "situation"     // the household changed and has no right any more
	LapsedUnsaid  Lapse = "non_dit"
)

// Lapses gives the reasons of an end in the order of a page.
func Lapses() []Lapse { return []Lapse{LapsedForm, LapsedChanged, LapsedUnsaid} }

// A Closing is why a case was closed.
type Closing string

// The reasons of closing.
const (
	Finished         Closing = "termine"
	CloseUnreachable Closing = "injoignable"
	CloseWish        Closing = "souhait"
	CloseMoved       Closing = "demenagement"
	CloseDeath       Closing = "deces"
	CloseIdle        Closing = "sans_contact" // two years without contact
	CloseTransferred Closing = "transfert"    // to another CCAS; only [Moved] says so
	CloseNotFollowed Closing = "accord_retire"
	CloseMistake     Closing = "erreur" // should not have been opened
)

// Closings gives the reasons that an agent can close a case for, in the order of a page.
func Closings() []Closing {
	return []Closing{Finished, CloseUnreachable, CloseWish, CloseMoved, CloseDeath, CloseIdle, CloseMistake}
}

// A Period is what an amount is paid for.
type Period string

// The periods.
const (
	PerMonth Period = "mois"
	PerYear  Period = "an"
	Once     Period = "unique"
)

// Periods gives the periods.
func Periods() []Period { return []Period{PerMonth, PerYear, Once} }

// An Owner is whom in the household a right belongs to.
type Owner string

// The owners.
const (
	Household Owner = "foyer"
	Applicant Owner = "demandeur"
	Spouse    Owner = "conjoint"
)

// Owners gives the owners.
func Owners() []Owner { return []Owner{Household, Applicant, Spouse} }

// A Stage is how far a right has come.
type Stage string

// The stages.
const (
	StageNoted     Stage = "repere"     // found, nothing decided yet
	StagePlanned   Stage = "prevu"      // someone will ask for it
	StageFiled     Stage = "depose"     // asked for, no answer yet
	StageOpened    Stage = "ouvert"     // granted
	StageRefused   Stage = "refuse"     // refused
	StageAppealed  Stage = "conteste"   // the refusal is contested
	StageAbandoned Stage = "abandonne"  // given up
	StageLapsed    Stage = "perdu"      // was granted, has ended
	StageReceived  Stage = "percu"      // was received already
	StageNoRight   Stage = "sans_droit" // there is none
)

// Stages gives the stages in the order that a right goes through them.
func Stages() []Stage {
	return []Stage{
		StageNoted, StagePlanned, StageFiled, StageOpened, StageRefused, StageAppealed, StageAbandoned, StageLapsed, StageReceived,
		StageNoRight,
	}
}

// Live says whether something is still to be done or awaited before the right is opened.
func (s Stage) Live() bool {
	return s == StageNoted || s == StagePlanned || s == StageFiled || s == StageAppealed
}

// word refuses what is not in its list.
func word[W ~string](field string, w W, list []W) error {
	if slices.Contains(list, w) {
		return nil
	}
	return &Refusal{Key: KeyWord, Remedy: RemedyChoose, Field: field}
}

package takeup

// A Refusal is why a fact cannot be noted, as keys that pages have sentences for: what is wrong, and what to do about it. It repeats
// nothing of what was typed.
type Refusal struct {
	Key    Key
	Remedy RemedyKey
	Field  string  // the JSON name of what is wrong, when one thing is
	Right  RightID // of which right, when it is one right
}

// Error says which refusal it is, in English words for a log.
func (r *Refusal) Error() string {
	s := "refused: " + string(r.Key)
	if r.Field != "" {
		s += " in " + r.Field
	}
	return s
}

// A Key names a refusal.
type Key string

// The refusals.
const (
	KeyWord           Key = "mot_inconnu"           // not in its list
	KeyShape          Key = "forme"                 // an identifier or a number that is not written as it must be
	KeyTooLong        Key = "trop_long"             //
	KeyMissing        Key = "manque"                // something must be said
	KeyNotHere        Key = "de_trop"               // something cannot be said here
	KeySocialSecurity Key = "numero_interdit"       // a social security number, or another long number
	KeyAmount         Key = "montant"               // negative, or beyond what any aid pays
	KeyDay            Key = "jour"                  // not a day that makes sense here
	KeyFuture         Key = "jour_a_venir"          // has not come yet
	KeyNotOpen        Key = "dossier_absent"        // nothing comes before the opening of the case
	KeyAlreadyOpen    Key = "dossier_deja_ouvert"   //
	KeyClosed         Key = "dossier_clos"          //
	KeyNotClosed      Key = "dossier_en_cours"      //
	KeyNoConsent      Key = "accord_absent"         // the person did not choose it
	KeyNoRight        Key = "droit_absent"          // the right was never diagnosed
	KeyStage          Key = "etape"                 // the right is not where this could follow
	KeyDiagnosis      Key = "diagnostic_tardif"     // the right is under way: its diagnosis stands
	KeyDocument       Key = "piece_non_attendue"    //
	KeyOrientation    Key = "orientation_absente"   // nobody was sent there
	KeyReachable      Key = "pas_injoignable"       // three tries on two channels have not been made
	KeyUnderWay       Key = "droits_en_cours"       // a case with rights under way is not finished
	KeySameAgent      Key = "meme_referent"         //
	KeyCancelling     Key = "annulation_impossible" // what came after rests on it
)

// Keys gives every refusal, for the tests of the texts.
func Keys() []Key {
	return []Key{
		KeyWord, KeyShape, KeyTooLong, KeyMissing, KeyNotHere, KeySocialSecurity, KeyAmount, KeyDay, KeyFuture, KeyNotOpen,
		KeyAlreadyOpen, KeyClosed, KeyNotClosed, KeyNoConsent, KeyNoRight, KeyStage, KeyDiagnosis, KeyDocument, KeyOrientation,
		KeyReachable, KeyUnderWay, KeySameAgent, KeyCancelling,
	}
}

// A RemedyKey names what to do about a refusal.
type RemedyKey string

// What to do.
const (
	RemedyChoose      RemedyKey = "choisir"           // choose in the list
	RemedyWrite       RemedyKey = "ecrire"            // write it as shown
	RemedyShorten     RemedyKey = "raccourcir"        //
	RemedySay         RemedyKey = "renseigner"        // fill it in
	RemedyEmpty       RemedyKey = "vider"             // leave it empty
	RemedyNoNumber    RemedyKey = "sans_numero"       // take the number away; of a long receipt, keep the last eight figures
	RemedyDay         RemedyKey = "corriger_jour"     //
	RemedyAmount      RemedyKey = "corriger_montant"  //
	RemedyOpen        RemedyKey = "ouvrir"            // open a case
	RemedyReopen      RemedyKey = "rouvrir"           // open the case again
	RemedyAsk         RemedyKey = "demander_accord"   // ask the person; without agreement, count the visit without a case
	RemedyDiagnose    RemedyKey = "diagnostiquer"     // diagnose the right, or diagnose it again
	RemedyFile        RemedyKey = "deposer"           // note that it was filed
	RemedyAnswer      RemedyKey = "noter_reponse"     // note the answer of the body
	RemedyCancel      RemedyKey = "annuler"           // cancel the event that was noted by mistake
	RemedyCancelLater RemedyKey = "annuler_la_suite"  // cancel what came after, first
	RemedyDocuments   RemedyKey = "choisir_piece"     // choose among the documents that are awaited
	RemedyOrient      RemedyKey = "orienter"          // note the orientation
	RemedyTry         RemedyKey = "essayer_autrement" // try again, by another means
	RemedyEnd         RemedyKey = "terminer_droits"   // note the end of each right, or choose another reason
	RemedyOther       RemedyKey = "autre_agent"       // choose another agent
	RemedyNothing     RemedyKey = "rien"              // nothing is to be done: it is so already
)

// RemedyKeys gives every remedy, for the tests of the texts.
func RemedyKeys() []RemedyKey {
	return []RemedyKey{
		RemedyChoose, RemedyWrite, RemedyShorten, RemedySay, RemedyEmpty, RemedyNoNumber, RemedyDay, RemedyAmount, RemedyOpen,
		RemedyReopen, RemedyAsk, RemedyDiagnose, RemedyFile, RemedyAnswer, RemedyCancel, RemedyCancelLater, RemedyDocuments,
		RemedyOrient, RemedyTry, RemedyEnd, RemedyOther, RemedyNothing,
	}
}

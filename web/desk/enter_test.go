package desk_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk"
	"guichet/web/desk/desktest"
)

func TestSignInAndOut(t *testing.T) {
	s := desktest.New(t)
	b := s.Browser()
	w := b.Post("/accueil/connexion", url.Values{"identifiant": {"agent"}, "mot_de_passe": {"une autre phrase"}})
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.NotContains(t, w.Body.String(), "une autre phrase")
	require.Empty(t, b.Cookies)
	b.SignIn(t, "agent")
	require.Contains(t, b.Get("/accueil/compte").Body.String(), "Montclair-sous-Bois")
	old := b.Cookies[desk.Cookie].Value
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/deconnexion", nil).Code)
	require.Empty(t, b.Cookies)
	b.Cookies[desk.Cookie] = &http.Cookie{Name: desk.Cookie, Value: old}
	require.Equal(t, http.StatusSeeOther, b.Get("/accueil/compte").Code, "the token is dead, not only forgotten")
}

// TestProperty29Cookies: of this host, over TLS, of no script, of no other site; another token at each sign-in.
func TestProperty29Cookies(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Reception)
	c := b.Cookies[desk.Cookie]
	require.NotNil(t, c)
	require.Equal(t, http.StatusOK, b.Get("/accueil/comptoir").Code)
	require.Len(t, b.Cookies, 2, "of the session, and of the visitors who have left")
	for _, c := range b.Cookies {
		assert.True(t, strings.HasPrefix(c.Name, "__Host-"), c.Name)
		assert.True(t, c.Secure, c.Name)
		assert.True(t, c.HttpOnly, c.Name)
		assert.Equal(t, http.SameSiteStrictMode, c.SameSite, c.Name)
		assert.Equal(t, "/", c.Path, c.Name)
		assert.Empty(t, c.Domain, c.Name)
	}
	b.SignIn(t, "agent")
	assert.NotEqual(t, c.Value, b.Cookies[desk.Cookie].Value)
	planted := s.Browser()
	planted.Cookies[desk.Cookie] = &http.Cookie{Name: desk.Cookie, Value: strings.Repeat("a", 43)}
	planted.SignIn(t, "agent")
	assert.NotEqual(t, strings.Repeat("a", 43), planted.Cookies[desk.Cookie].Value, "a token that was planted is not taken over")
}

func TestAttemptsAreToldToWait(t *testing.T) {
	s := desktest.New(t)
	b := s.Browser()
	var w *httptest.ResponseRecorder
	for range 7 {
		w = b.Post("/accueil/connexion", url.Values{"identifiant": {"agent"}, "mot_de_passe": {"une autre phrase"}})
	}
	require.Equal(t, http.StatusTooManyRequests, w.Code)
	require.NotEmpty(t, w.Header().Get("Retry-After"))
	require.Contains(t, w.Body.String(), "Attendez")
}

// TestTheLockGivesTheSamePageBack: what was sent to a door that had shut is done once the password opens it, and shown to nobody
// meanwhile.
func TestTheLockGivesTheSamePageBack(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Administrator)
	s.Clock.Pass(people.LockAfter)
	const address = "/accueil/administration/agents"
	w := b.Post(address, url.Values{"identifiant": {"poste.canari"}, "nom": {"Poste Canari"}, "fonction": {"agent"}})
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "Poste verrouillé")
	require.NotContains(t, strings.ToLower(w.Body.String()), "canari")
	require.NotContains(t, w.Body.String(), "Montclair")
	form := func(password string) url.Values {
		return url.Values{"verrou_mot_de_passe": {password}, "attend": {html.UnescapeString(regexp.MustCompile(`name="attend" value="([^"]+)"`).FindStringSubmatch(w.Body.String())[1])}}
	}
	w = b.Post(address, form("une autre phrase"))
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	waiting := form(peopletest.Password)
	w = b.Post(address, waiting)
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "poste.canari", "the agent was added")

	// the sealed form is of this agent and of this address alone
	other := s.Browser()
	other.SignIn(t, "agent")
	s.Clock.Pass(people.LockAfter)
	w = other.Post("/accueil/compte/mot-de-passe", waiting)
	require.Equal(t, http.StatusSeeOther, w.Code)

	// a page that was only asked for comes back too
	w = b.Get("/accueil/administration/cles")
	require.Contains(t, w.Body.String(), `action="/accueil/verrou"`)
	require.Contains(t, w.Body.String(), `name="ici" value="/accueil/administration/cles"`)
	w = b.Post("/accueil/verrou", url.Values{"verrou_mot_de_passe": {peopletest.Password}, "ici": {"/accueil/administration/cles"}})
	require.Equal(t, "/accueil/administration/cles", w.Header().Get("Location"))
}

func TestTheLockAtAButton(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Administrator)
	w := b.Post("/accueil/administration/cles", url.Values{"verrou": {"fermer"}, "nom": {"Canari"}})
	require.Contains(t, w.Body.String(), "Poste verrouillé")
	require.NotContains(t, w.Body.String(), "Canari")
	require.Contains(t, b.Get("/accueil/compte").Body.String(), "Poste verrouillé")
	for _, elsewhere := range []string{"https://exemple.fr/", "//exemple.fr", "/accueil//exemple.fr", "/fr/", "/accueilx", ""} {
		c := s.SignedIn(t, people.Reception)
		w := c.Post("/accueil/verrou", url.Values{"ici": {elsewhere}})
		require.Contains(t, w.Body.String(), `name="ici" value="/accueil"`, elsewhere)
		w = c.Post("/accueil/verrou", url.Values{"ici": {elsewhere}, "verrou_mot_de_passe": {peopletest.Password}})
		require.Equal(t, "/accueil", w.Header().Get("Location"), elsewhere)
	}
}

func TestAPasswordThatAnotherMadeIsChangedFirst(t *testing.T) {
	s := desktest.New(t)
	admin := s.SignedIn(t, people.Administrator)
	w := admin.Post("/accueil/administration/agents", url.Values{"identifiant": {"poste.2"}, "nom": {"Poste 2"}, "fonction": {"agent"}})
	password := regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(w.Body.String())[1]
	b := s.Browser()
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/connexion", url.Values{"identifiant": {"poste.2"}, "mot_de_passe": {password}}).Code)
	for _, address := range []string{"/accueil", "/accueil/compte"} {
		require.Equal(t, "/accueil/compte/mot-de-passe", b.Get(address).Header().Get("Location"))
	}
	change := func(old, fresh, again string) *httptest.ResponseRecorder {
		return b.Post("/accueil/compte/mot-de-passe", url.Values{"ancien": {old}, "nouveau": {fresh}, "encore": {again}})
	}
	require.Equal(t, http.StatusUnprocessableEntity, change(password, "courte", "courte").Code)
	require.Equal(t, http.StatusUnprocessableEntity, change(password, "une bonne phrase", "une autre phrase").Code)
	require.Equal(t, http.StatusUnprocessableEntity, change("pas le bon du tout", "une bonne phrase", "une bonne phrase").Code)
	require.Equal(t, http.StatusUnprocessableEntity, change(password, password, password).Code)
	require.Equal(t, http.StatusSeeOther, change(password, "une bonne phrase", "une bonne phrase").Code)
	require.Equal(t, http.StatusOK, b.Get("/accueil/compte").Code)
}

func TestSecondFactorOnThePages(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Protection)
	w := b.Post("/accueil/compte/second-facteur/debut", nil)
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), `class="qr-code"`)
	secret := strings.ReplaceAll(regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(w.Body.String())[1], " ", "")
	sealed := regexp.MustCompile(`name="secret" value="([^"]+)"`).FindStringSubmatch(w.Body.String())[1]
	code := func() string {
		c, err := totp.GenerateCode(secret, s.Clock.Now())
		require.NoError(t, err)
		return c
	}
	require.Equal(t, http.StatusUnprocessableEntity, b.Post("/accueil/compte/second-facteur", url.Values{"secret": {sealed}, "code": {"000000"}}).Code)
	require.Equal(t, http.StatusBadRequest, s.SignedIn(t, people.Reception).Post("/accueil/compte/second-facteur", url.Values{"secret": {sealed}, "code": {code()}}).Code, "another's secret")
	w = b.Post("/accueil/compte/second-facteur", url.Values{"secret": {sealed}, "code": {code()}})
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Len(t, regexp.MustCompile(`class="secret"`).FindAllString(w.Body.String(), -1), 10)

	s.Clock.Pass(time.Minute)
	again := s.Browser()
	again.SignIn(t, "dpo")
	require.Equal(t, "/accueil/connexion", again.Get("/accueil/acces").Header().Get("Location"), "half a sign-in opens nothing")
	require.Contains(t, again.Get("/accueil/connexion").Body.String(), "Code à six chiffres")
	half := again.Cookies[desk.Cookie].Value
	require.Equal(t, http.StatusSeeOther, again.Post("/accueil/connexion/code", url.Values{"code": {code()}}).Code)
	require.NotEqual(t, half, again.Cookies[desk.Cookie].Value)
	require.Equal(t, http.StatusOK, again.Get("/accueil/acces").Code)
}

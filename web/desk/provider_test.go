package desk_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/web/desk"
	"guichet/web/desk/desktest"
)

const (
	client       = "guichet-essai"
	clientSecret = "un secret de client"
	montclair    = "21930066600017"
	redirect     = "https://guichet.exemple.fr" + desk.RedirectPath
)

// identities is a provider of the shape of ProConnect: discovery, keys, codes that serve once and briefly, ID tokens and a userinfo
// that is a signed token too.
type identities struct {
	*httptest.Server
	t     *testing.T
	key   *rsa.PrivateKey
	now   func() time.Time
	codes map[string]url.Values // what was asked for with each

	claims    map[string]any // of the person
	overrides map[string]any // of the ID token, to be wrong
	infoSub   string         // of the userinfo, when it is another's
	forged    *rsa.PrivateKey
}

// providerKey is that of every provider: a key takes longer to make than a test.
var providerKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func newIdentities(t *testing.T, now func() time.Time) *identities {
	key, err := providerKey()
	require.NoError(t, err)
	p := &identities{t: t, key: key, now: now, codes: map[string]url.Values{}, claims: map[string]any{
		"sub": "sujet-1", "email": "Agent.Un@montclair.fr", "uid": "42", "siret": montclair, "given_name": "Zqprenom", "usual_name": "Zqnom",
	}}
	mux := http.NewServeMux()
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		require.NoError(t, json.NewEncoder(w).Encode(v))
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "userinfo_endpoint": p.URL + "/userinfo",
			"jwks_uri": p.URL + "/jwks", "id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("/jwks", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "1", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		id, secret, basic := r.BasicAuth()
		if !basic {
			id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
		} else {
			secret, _ = url.QueryUnescape(secret)
		}
		asked, known := p.codes[r.PostFormValue("code")]
		delete(p.codes, r.PostFormValue("code"))
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if !known || id != client || secret != clientSecret || r.PostFormValue("redirect_uri") != redirect ||
			base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]any{"error": "invalid_grant"})
			return
		}
		claims := map[string]any{
			"iss": p.URL, "aud": client, "sub": p.claims["sub"], "nonce": asked.Get("nonce"), "iat": now().Unix(), "exp": now().Add(time.Minute).Unix(),
		}
		maps.Copy(claims, p.overrides)
		answer(w, map[string]any{"access_token": "acces", "token_type": "Bearer", "id_token": p.sign(claims)})
	})
	mux.HandleFunc("/userinfo", func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "Bearer acces", r.Header.Get("Authorization"))
		claims := maps.Clone(p.claims)
		if p.infoSub != "" {
			claims["sub"] = p.infoSub
		}
		claims["iss"], claims["aud"] = p.URL, client
		w.Header().Set("Content-Type", "application/jwt")
		_, _ = w.Write([]byte(p.sign(claims)))
	})
	return p
}

func (p *identities) sign(claims map[string]any) string {
	key := p.key
	if p.forged != nil {
		key = p.forged
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "1"}}, nil)
	require.NoError(p.t, err)
	text, err := json.Marshal(claims)
	require.NoError(p.t, err)
	signed, err := signer.Sign(text)
	require.NoError(p.t, err)
	compact, err := signed.CompactSerialize()
	require.NoError(p.t, err)
	return compact
}

// authorize is what the provider does when the agent has proved who they are: it sends them back with a code.
func (p *identities) authorize(address string) string {
	u, err := url.Parse(address)
	require.NoError(p.t, err)
	q := u.Query()
	require.Equal(p.t, "/authorize", u.Path)
	require.Equal(p.t, client, q.Get("client_id"))
	require.Equal(p.t, redirect, q.Get("redirect_uri"))
	require.Equal(p.t, "code", q.Get("response_type"))
	require.Equal(p.t, "openid given_name usual_name email uid siret", q.Get("scope"))
	require.Equal(p.t, "S256", q.Get("code_challenge_method"))
	for _, long := range []string{"state", "nonce"} {
		require.GreaterOrEqual(p.t, len(q.Get(long)), 32, long)
	}
	code := rand.Text()
	p.codes[code] = q
	return desk.RedirectPath + "?" + url.Values{"code": {code}, "state": {q.Get("state")}}.Encode()
}

// providing is a site where an agent of a CCAS with a SIRET can sign in by a provider.
func providing(t *testing.T) (*desktest.Site, *identities, people.Agent) {
	var p *identities
	s := desktest.New(t, func(o *desk.Options) {
		p = newIdentities(t, o.Clock)
		provider, err := desk.NewProvider(desk.ProviderOptions{Name: "ProConnect", Issuer: p.URL, ClientID: client, Secret: clientSecret, Redirect: redirect, Clock: o.Clock})
		require.NoError(t, err)
		o.Provider = provider
	})
	require.NoError(t, s.Keep.People.AddCentre(t.Context(), people.Centre{ID: "avec-siret", Name: "Montclair", Commune: "93066", SIRET: montclair}))
	a, _, err := s.Keep.People.AddAgent(t.Context(), "", people.NewAgent{CCAS: "avec-siret", Login: "agent.un@montclair.fr", Name: "Poste 1", Role: people.Protection})
	require.NoError(t, err)
	return s, p, a
}

func TestSignInByAProvider(t *testing.T) {
	s, p, _ := providing(t)
	b := s.Browser()
	require.Contains(t, b.Get("/accueil/connexion").Body.String(), "Se connecter avec ProConnect")
	come := func(b *desktest.Browser) *httptest.ResponseRecorder {
		w := b.Get("/accueil/connexion/fournisseur")
		require.Equal(t, http.StatusSeeOther, w.Code)
		return b.Get(p.authorize(w.Header().Get("Location")))
	}
	w := come(b)
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Equal(t, "0; url=/accueil/connexion", w.Header().Get("Refresh"))
	require.Equal(t, http.StatusOK, b.Get("/accueil/acces").Code, "no password has to be changed by who came without one")
	require.NotContains(t, b.Cookies, "__Host-guichet-depart")

	// from then on by the subject: the address of mail may change
	p.claims["email"] = "nouvelle@montclair.fr"
	require.Equal(t, http.StatusOK, come(s.Browser()).Code)
	// the address alone is somebody else's now
	p.claims["sub"], p.claims["email"] = "sujet-2", "agent.un@montclair.fr"
	other := s.Browser()
	require.Equal(t, http.StatusForbidden, come(other).Code)
	require.NotContains(t, other.Cookies, desk.Cookie)
	for _, secret := range []string{"Zqnom", "Zqprenom", "montclair.fr", "sujet-1", clientSecret} {
		require.NotContains(t, s.Log(), secret)
	}
	require.NotContains(t, state(t, s.DB), "Zqnom", "names are not kept")
}

func TestAProviderIsNotBelievedBlindly(t *testing.T) {
	for name, change := range map[string]func(p *identities){
		"another CCAS":       func(p *identities) { p.claims["siret"] = "21930008800014" },
		"no CCAS":            func(p *identities) { delete(p.claims, "siret") },
		"nobody here":        func(p *identities) { p.claims["email"] = "autre@montclair.fr" },
		"another audience":   func(p *identities) { p.overrides = map[string]any{"aud": "autre"} },
		"another issuer":     func(p *identities) { p.overrides = map[string]any{"iss": "https://autre.exemple"} },
		"another nonce":      func(p *identities) { p.overrides = map[string]any{"nonce": strings.Repeat("n", 40)} },
		"expired":            func(p *identities) { p.overrides = map[string]any{"exp": p.now().Add(-time.Minute).Unix()} },
		"another's userinfo": func(p *identities) { p.infoSub = "sujet-9" },
		"signed by a stranger": func(p *identities) {
			key, err := rsa.GenerateKey(rand.Reader, 2048)
			require.NoError(p.t, err)
			p.forged = key
		},
		"it does not answer": func(p *identities) { p.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			s, p, _ := providing(t)
			b := s.Browser()
			w := b.Get("/accueil/connexion/fournisseur")
			back := p.authorize(w.Header().Get("Location"))
			change(p)
			w = b.Get(back)
			require.Contains(t, []int{http.StatusForbidden, http.StatusBadGateway}, w.Code)
			require.NotContains(t, b.Cookies, desk.Cookie)
		})
	}
}

// TestAReturnWithoutItsDeparture: a code that was not asked for by this browser signs nobody in.
func TestAReturnWithoutItsDeparture(t *testing.T) {
	s, p, _ := providing(t)
	b := s.Browser()
	back := p.authorize(b.Get("/accueil/connexion/fournisseur").Header().Get("Location"))
	require.Equal(t, http.StatusBadRequest, s.Browser().Get(back).Code, "in another browser")
	other := s.Browser()
	other.Get("/accueil/connexion/fournisseur")
	require.Equal(t, http.StatusBadRequest, other.Get(back).Code, "of another sign-in")
	require.Equal(t, http.StatusOK, b.Get(back).Code)
	require.Equal(t, http.StatusBadRequest, b.Get(back).Code, "a second time")
	late := s.Browser()
	back = p.authorize(late.Get("/accueil/connexion/fournisseur").Header().Get("Location"))
	s.Clock.Pass(11 * time.Minute)
	require.Equal(t, http.StatusBadRequest, late.Get(back).Code, "too late")
}

func TestAProviderThatIsAwayShutsNoOtherDoor(t *testing.T) {
	s, p, _ := providing(t)
	p.Close()
	w := s.Browser().Get("/accueil/connexion/fournisseur")
	require.Equal(t, http.StatusBadGateway, w.Code)
	require.Contains(t, w.Body.String(), "ProConnect ne répond pas")
	require.Equal(t, http.StatusOK, s.SignedIn(t, people.Protection).Get("/accueil/acces").Code)
}

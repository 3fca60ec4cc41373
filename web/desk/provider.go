package desk

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"guichet/takeup/people"
)

// ProviderOptions describe a provider of identities of the shape of ProConnect: OpenID Connect, with the flow of a code.
type ProviderOptions struct {
	Name     string // what agents call it
	Issuer   string // its address, under which its configuration is found
	ClientID string
	Secret   string
	Redirect string       // the whole address of our RedirectPath
	Client   *http.Client // how it is reached; nil: as usual, with providerPatience
	Clock    func() time.Time
}

// RedirectPath is where the provider sends agents back to; the operator registers it there.
const RedirectPath = Home + "/connexion/retour"

// providerPatience is how long a provider may take: its code is good for thirty seconds.
const providerPatience = 10 * time.Second

// scopes are what is asked of the provider: of the names nothing is kept, but ProConnect wants them asked for.
var scopes = []string{oidc.ScopeOpenID, "given_name", "usual_name", "email", "uid", "siret"}

// A Provider lets agents sign in by another's word for who they are. It is safe for concurrent use.
type Provider struct {
	options ProviderOptions

	mu    sync.Mutex
	found *oidc.Provider // nil until it has answered
}

// NewProvider prepares a provider. It is not asked anything before somebody signs in by it.
func NewProvider(o ProviderOptions) (*Provider, error) {
	for _, address := range []string{o.Issuer, o.Redirect} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" {
			return nil, errors.New("desk: the addresses of a provider of identities are https")
		}
	}
	if u, err := url.Parse(o.Redirect); err != nil || u.Path != RedirectPath {
		return nil, errors.New("desk: a provider of identities sends agents back to " + RedirectPath)
	}
	if o.Name == "" || o.ClientID == "" || o.Secret == "" || o.Clock == nil {
		return nil, errors.New("desk: a provider of identities needs a name, a client and its secret")
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: providerPatience}
	}
	return &Provider{options: o}, nil
}

// Name is what agents call it.
func (p *Provider) Name() string { return p.options.Name }

// known gives the provider's own configuration, asked for until it has answered once.
func (p *Provider) known(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// the keys are fetched again later, with the client and not with this request's context
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.options.Client), p.options.Issuer)
	if err != nil {
		return nil, fmt.Errorf("asking a provider of identities for its configuration: %w", err)
	}
	p.found = found
	return found, nil
}

func (p *Provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: p.options.Secret, Endpoint: found.Endpoint(), RedirectURL: p.options.Redirect, Scopes: scopes,
	}
}

// departure is what a sign-in that is under way remembers, sealed in a cookie.
type departure struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
}

// departureCookie is Lax, for the agent comes back from another site; it says nothing and lasts as long as the sign-in.
const departureCookie = "__Host-guichet-depart"

// secretText is 52 letters and figures: 260 bits, where ProConnect asks for 32 characters.
func secretText() string { return rand.Text() + rand.Text() }

// leave sends an agent to the provider. Nothing is kept here.
func (v *visit) leave() {
	p := v.d.provider
	found, err := p.known(v.ctx())
	if err != nil {
		v.providerFails(err)
		return
	}
	d := departure{secretText(), secretText(), oauth2.GenerateVerifier()}
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // three strings
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: departureCookie, Value: v.d.states.Seal(text, v.at), Path: "/", MaxAge: 600, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	v.goTo(p.config(found).AuthCodeURL(d.State, oidc.Nonce(d.Nonce), oauth2.S256ChallengeOption(d.Verifier), oauth2.SetAuthURLParam("acr_values", "eidas1")))
}

// comeBack answers an agent whom the provider sends back.
func (v *visit) comeBack() {
	d, ok := v.departure()
	http.SetCookie(v.w, &http.Cookie{Name: departureCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	q := v.r.URL.Query()
	if !ok || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(d.State)) != 1 || q.Get("code") == "" {
		v.refused()
		return
	}
	who, err := v.d.provider.identity(v.ctx(), q.Get("code"), d)
	if err != nil {
		v.providerFails(err)
		return
	}
	token, _, err := v.keep.People.SignInBy(v.ctx(), who)
	if errors.Is(err, people.ErrRefused) {
		v.gatePage(http.StatusForbidden, v.L.T("connexion.fournisseur_refus", "Nom", v.d.provider.Name()))
		return
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.giveToken(token)
	// A browser that comes from another site does not send the session's cookie along a redirection: a page of ours goes on.
	v.w.Header().Set("Refresh", "0; url="+Home+"/connexion")
	v.session.Stage = ""
	heading := v.L.T("connexion.retour.titre")
	v.show(http.StatusOK, "message", messagePage{frame: v.frame(heading, ""), Heading: heading, Target: Home + "/connexion", Button: v.L.T("connexion.retour.bouton")})
}

func (v *visit) departure() (departure, bool) {
	c, err := v.r.Cookie(departureCookie)
	if err != nil {
		return departure{}, false
	}
	text, _, err := v.d.states.Open(c.Value)
	if err != nil {
		return departure{}, false
	}
	var d departure
	return d, json.Unmarshal(text, &d) == nil && d.State != ""
}

// identity exchanges a code for who it stands for.
func (p *Provider) identity(ctx context.Context, code string, d departure) (people.Identity, error) {
	found, err := p.known(ctx)
	if err != nil {
		return people.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.options.Client)
	tokens, err := p.config(found).Exchange(ctx, code, oauth2.VerifierOption(d.Verifier))
	if err != nil {
		return people.Identity{}, fmt.Errorf("exchanging the code of a provider: %w", withoutBody(err))
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return people.Identity{}, errors.New("the provider gives no ID token")
	}
	id, err := found.Verifier(&oidc.Config{ClientID: p.options.ClientID, SupportedSigningAlgs: []string{oidc.RS256}, Now: p.options.Clock}).Verify(ctx, raw)
	if err != nil {
		return people.Identity{}, fmt.Errorf("checking an ID token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(d.Nonce)) != 1 {
		return people.Identity{}, errors.New("an ID token of another sign-in")
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return people.Identity{}, errors.New("the provider does not say who it is") // its error may hold what it said
	}
	var claims struct {
		Email string `json:"email"`
		SIRET string `json:"siret"`
	}
	if err := info.Claims(&claims); err != nil || info.Subject != id.Subject {
		return people.Identity{}, errors.New("what the provider says makes no sense")
	}
	return people.Identity{Issuer: id.Issuer, Subject: id.Subject, Email: claims.Email, SIRET: claims.SIRET}, nil
}

// withoutBody takes what a provider answered out of an error.
func withoutBody(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return fmt.Errorf("it answers %d", refused.Response.StatusCode)
	}
	return errors.New("it does not answer")
}

// providerFails says that the provider cannot be used now; why is in the log.
func (v *visit) providerFails(err error) {
	v.d.log.WarnContext(v.ctx(), "the provider of identities fails", "error", err.Error())
	v.gatePage(http.StatusBadGateway, v.L.T("connexion.fournisseur_panne", "Nom", v.d.provider.Name()))
}

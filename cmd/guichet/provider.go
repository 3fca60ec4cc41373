package main

import (
	"errors"

	"guichet/web/desk"
)

// declareProvider adds the options that say by which provider of identities agents may sign in.
func declareProvider(f *flags, o *desk.ProviderOptions) {
	f.StringVar(&o.Issuer, "oidc-issuer", "", "`URL` of the provider of identities by which agents may sign in")
	f.StringVar(&o.ClientID, "oidc-client", "", "`ID` under which it knows this program")
	f.StringVar(&o.Redirect, "oidc-redirect", "", "`URL` of "+desk.RedirectPath+" here, as registered with it")
	f.StringVar(&o.Name, "oidc-name", "ProConnect", "`NAME` of it, as agents know it")
	f.env("oidc-issuer", "GUICHET_OIDC_ISSUER")
	f.env("oidc-client", "GUICHET_OIDC_CLIENT")
	f.env("oidc-redirect", "GUICHET_OIDC_REDIRECT")
	f.env("oidc-name", "GUICHET_OIDC_NAME")
}

// provider prepares the provider of identities; nil when there is none.
func (p *program) provider(o desk.ProviderOptions) (*desk.Provider, error) {
	if o.Issuer == "" {
		return nil, nil
	}
	secret, _, err := p.secret("GUICHET_OIDC_SECRET")
	if err != nil {
		return nil, err
	}
	if secret == "" {
		return nil, errors.New("-oidc-issuer needs its secret in GUICHET_OIDC_SECRET or GUICHET_OIDC_SECRET_FILE")
	}
	o.Secret, o.Clock = secret, p.now
	return desk.NewProvider(o)
}

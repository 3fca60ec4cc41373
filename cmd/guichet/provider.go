package main

import (
	"cmp"
	"errors"
	"fmt"

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

// provider prepares the provider of identities; nil when there is none. What is said by halves is refused, and named.
func (p *program) provider(o desk.ProviderOptions) (*desk.Provider, error) {
	secret, source, err := p.secret("GUICHET_OIDC_SECRET")
	if err != nil {
		return nil, err
	}
	if o.Issuer == "" {
		if said := cmp.Or(o.ClientID, o.Redirect, source); said != "" {
			return nil, errors.New("a provider of identities is described, but not named: -oidc-issuer is its URL")
		}
		return nil, nil
	}
	for name, value := range map[string]string{"-oidc-client": o.ClientID, "-oidc-redirect": o.Redirect, "-oidc-name": o.Name} {
		if value == "" {
			return nil, fmt.Errorf("-oidc-issuer needs %s too", name)
		}
	}
	if secret == "" {
		return nil, errors.New("-oidc-issuer needs its secret in GUICHET_OIDC_SECRET or GUICHET_OIDC_SECRET_FILE")
	}
	o.Secret, o.Clock = secret, p.now
	made, err := desk.NewProvider(o)
	if err != nil {
		return nil, fmt.Errorf("-oidc-issuer and -oidc-redirect: %w", err)
	}
	return made, nil
}

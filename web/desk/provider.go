package desk

// A Provider lets agents sign in by another's word for who they are.
type Provider struct{ name string }

// Name is what agents call it.
func (p *Provider) Name() string { return p.name }

package desk

func (d *Desk) administrationRoutes() []route { return nil }

package githubtest

import "slices"

// homed is a value that belongs to a repository, whose permissions count.
type homed interface{ home() *repository }

func (r *repository) home() *repository  { return r }
func (c commit) home() *repository       { return c.repo }
func (f ref) home() *repository          { return f.repo }
func (l label) home() *repository        { return l.repo }
func (m milestone) home() *repository    { return m.repo }
func (p pullRequest) home() *repository  { return p.repo }
func (i issue) home() *repository        { return i.repo }
func (c conversation) home() *repository { return c.repo }
func (l release) home() *repository      { return l.repo }
func (d deployment) home() *repository   { return d.repo }
func (e environment) home() *repository  { return e.repo }
func (w workflowRun) home() *repository  { return w.repo }
func (b blob) home() *repository         { return b.repo }
func (c control) home() *repository      { return c.repo }

// refused returns the fault if the token may not read a field of an object.
func (x *execution) refused(o object, field string) *fault {
	h, ok := o.of.(homed)
	if !ok || len(h.home().Forbidden) == 0 || !slices.Contains(h.home().Forbidden, o.typ+"."+field) {
		return nil
	}
	return forbidden()
}

// refusedNode returns the fault if the token may not read objects of the type, or any
// of the repository.
func (x *execution) refusedNode(o object) *fault {
	h, ok := o.of.(homed)
	if !ok {
		return nil
	}
	r := h.home()
	if r.SAML {
		x.saml = r.name().Owner()
		return samlRequired()
	}
	if slices.Contains(r.Forbidden, o.typ) {
		return forbidden()
	}
	return nil
}

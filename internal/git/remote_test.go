package git

import (
	"strings"
	"testing"
)

func TestRemoteNamesHostAndRepository(t *testing.T) {
	for _, tt := range []struct{ address, want string }{
		{"https://github.com/acme/shop", "github.com acme/shop"},
		{"https://github.com/acme/shop.git", "github.com acme/shop"},
		{"https://github.com/acme/shop/", "github.com acme/shop"},
		{"https://GitHub.com/Acme/Shop.git", "github.com Acme/Shop"},
		{"https://ann:secret@github.com/acme/shop.git", "github.com acme/shop"},
		{"https://x-access-token:ghs_secret@github.com/acme/shop", "github.com acme/shop"},
		{"https://git.example.org:8443/acme/shop.git", "git.example.org acme/shop"},
		{"http://git.example.org/acme/shop", "git.example.org acme/shop"},
		{"ssh://git@github.com/acme/shop.git", "github.com acme/shop"},
		{"ssh://git@github.com:22/acme/shop.git", "github.com acme/shop"},
		{"ssh://git@ssh.github.com:443/acme/shop.git", "github.com acme/shop"},
		{"git://github.com/acme/shop.git", "github.com acme/shop"},
		{"git@github.com:acme/shop.git", "github.com acme/shop"},
		{"git@github.com:/acme/shop.git", "github.com acme/shop"},
		{"github.com:acme/shop", "github.com acme/shop"},
		{"org-7@git.example.org:acme/shop", "git.example.org acme/shop"},
		{"https://github.com/acme/.github.git", "github.com acme/.github"},
		{"https://github.com/acme/shop.js", "github.com acme/shop.js"},
		{"https://github.com/acme", " "},
		{"https://github.com/acme/shop/tree/main", " "},
		{"https://github.com/acme/..", " "},
		{"https://github.com/../shop", " "},
		{"https://github.com/acme/.git", " "},
		{"https://github.com/acme/sh%20op", " "},
		{"file:///srv/acme/shop.git", " "},
		{"/srv/acme/shop.git", " "},
		{"./acme:shop/x", " "},
		{"../shop", " "},
		{`C:\acme\shop`, " "},
		{"ext::sh -c touch% /tmp/x", " "},
		{"https://", " "},
		{"", " "},
	} {
		host, name := remote(tt.address)
		if got := host + " " + string(name); got != tt.want {
			t.Errorf("%q names %q, want %q", tt.address, got, tt.want)
		}
	}
}

func FuzzRemote(f *testing.F) {
	for _, s := range []string{"https://ann:secret@github.com/acme/shop.git", "git@github.com:acme/shop", "ssh://[::1]:22/a/b", "git@[::1]:a/b", "::", "%zz://"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		host, name := remote(address)
		if (host == "") != (name == "") {
			t.Errorf("%q names %q on host %q", address, name, host)
		}
		if name != "" && (strings.Count(string(name), "/") != 1 || name.Owner() == "" || name.Short() == "" || strings.ContainsAny(string(name), " \n@:\\%")) {
			t.Errorf("%q names %q", address, name)
		}
		if strings.ContainsAny(host, "@/ \n") {
			t.Errorf("%q is on host %q", address, host)
		}
		if name != "" {
			if h, n := remote("https://" + bracketed(host) + "/" + string(name)); h != host || n != name && !strings.HasSuffix(string(name), ".git") {
				t.Errorf("%q names %q on %q, which name %q on %q", address, name, host, n, h)
			}
		}
	})
}

// bracketed returns a host as an address holds it.
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

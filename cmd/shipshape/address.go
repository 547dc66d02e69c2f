package main

import (
	"fmt"
	"net/url"
)

// checkAddress refuses an address that pages could not link to.
func checkAddress(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return misuse(fmt.Errorf("--base-url %q is not the address of a site", address), "give one such as https://owner.github.io/name/")
	}
	return nil
}

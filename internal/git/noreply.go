package git

import (
	"regexp"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// noreply is the form of the addresses that GitHub gives to those who hide theirs:
// an account's number, which old ones lack, and its login. The host is that of the
// server: https://docs.github.com/en/account-and-profile/reference/email-addresses-reference
var noreply = regexp.MustCompile(`^(?:\d{1,20}\+)?([A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?)@users\.noreply\.[A-Za-z0-9.-]{1,253}$`)

// NoreplyLogin returns the login that a no-reply address shows, and "" for any
// other address. An app's login ends in "[bot]" there too. Who renamed the account
// since has another login now.
func NoreplyLogin(email string) shipshape.Login {
	at := strings.LastIndexByte(email, '@') + 1
	m := noreply.FindStringSubmatch(email[:at] + strings.ToLower(email[at:]))
	if m == nil {
		return ""
	}
	return shipshape.Login(m[1])
}

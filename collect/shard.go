package collect

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// Shard is one of several parts of a list of repositories, that jobs collect side
// by side. The zero value is the whole.
//
// A repository's part follows from its own name and from how many parts there are,
// and from nothing else. Jobs list an account one after the other: were the parts
// cut out of the list, a repository that is made in between would move its
// neighbours, and one of them could be collected twice or not at all.
type Shard struct {
	Part, Of int // Part counts from 1
}

var shardForm = regexp.MustCompile(`^([0-9]{1,4})/([0-9]{1,4})$`)

// ParseShard reads "2/8", the second of eight parts; "" is the whole.
func ParseShard(text string) (Shard, error) {
	if text == "" {
		return Shard{}, nil
	}
	m := shardForm.FindStringSubmatch(text)
	if m == nil {
		return Shard{}, fmt.Errorf("%q is not a part such as 2/8", text)
	}
	part, _ := strconv.Atoi(m[1]) // the form has digits only
	of, _ := strconv.Atoi(m[2])
	if part < 1 || part > of {
		return Shard{}, fmt.Errorf("%q is not a part such as 2/8: parts are counted from 1", text)
	}
	return Shard{Part: part, Of: of}, nil
}

// String is "2/8", or "" for the whole.
func (s Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Part, s.Of)
}

// Holds reports whether a repository is in this part. However a name is spelt, it is
// in one part and in no other.
func (s Shard) Holds(name shipshape.RepositoryName) bool {
	if s.Of <= 1 {
		return true
	}
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(string(name))))
	return h.Sum64()%uint64(s.Of) == uint64(s.Part-1)
}

// Pick returns the repositories that are in this part, in their order.
func (s Shard) Pick(names []shipshape.RepositoryName) []shipshape.RepositoryName {
	var own []shipshape.RepositoryName
	for _, name := range names {
		if s.Holds(name) {
			own = append(own, name)
		}
	}
	return own
}

package kpi

import (
	"cmp"
	"math"
	"slices"
)

// fewestClusters is how many independent deployments it takes to estimate how
// much deployments differ, and so to give an interval or a verdict on what they
// brought.
const fewestClusters = 6

// obs is one duration or size.
type obs struct {
	// value is in the unit of the KPI, seconds for durations.
	value float64
	// censored says that the end was not seen: the true value is value or more.
	censored bool
	// cluster names the deployment the item came with. Items of one cluster are
	// not independent of each other; an item with "" is a cluster of its own.
	cluster string
}

// inOrder returns a copy sorted by value, finished before censored, then by
// cluster, so that sums come out the same to the last bit whatever the order of
// the input.
func inOrder(os []obs) []obs {
	sorted := slices.Clone(os)
	slices.SortFunc(sorted, func(a, b obs) int {
		if a.censored != b.censored && a.value == b.value {
			if b.censored {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.cluster, b.cluster))
	})
	return sorted
}

// valuesOf returns the values in the order given.
func valuesOf(os []obs) []float64 {
	values := make([]float64, len(os))
	for i, o := range os {
		values[i] = o.value
	}
	return values
}

// clustersOf returns the cluster of each observation.
func clustersOf(os []obs) []string {
	clusters := make([]string, len(os))
	for i, o := range os {
		clusters[i] = o.cluster
	}
	return clusters
}

// clustering says which cluster each of a number of items belongs to.
type clustering struct {
	of    []int // of[i] is the number of item i's cluster, from 0
	count int   // how many clusters there are
}

// clusterItems numbers clusters by first appearance; every "" is one of its own.
func clusterItems(names []string) clustering {
	c := clustering{of: make([]int, len(names))}
	seen := map[string]int{}
	for i, name := range names {
		number, known := seen[name]
		if !known || name == "" {
			number = c.count
			seen[name] = number
			c.count++
		}
		c.of[i] = number
	}
	return c
}

// countClusters returns how many independent clusters the observations form.
func countClusters(os []obs) int { return clusterItems(clustersOf(os)).count }

// variance returns the variance of the sum of residuals taken around their
// mean, from the sum within each cluster: the squares of these, times m/(m-1)
// for m clusters. It is 0 below two clusters. The sums are left sorted.
func variance(sums []float64) float64 {
	if len(sums) < 2 {
		return 0
	}
	slices.Sort(sums) // The order of clusters must not show in the last bit.
	total := 0.0
	for _, sum := range sums {
		total += sum * sum
	}
	return total * float64(len(sums)) / float64(len(sums)-1)
}

// sums adds up the residuals of each cluster.
func (c clustering) sums(residuals []float64) []float64 {
	sums := make([]float64, c.count)
	for i, residual := range residuals {
		sums[c.of[i]] += residual
	}
	return sums
}

// shareVariance returns the variance of the share of yes among all answers.
func (c clustering) shareVariance(yes []bool) float64 {
	n, share := float64(len(yes)), shareOf(yes)
	sums := make([]float64, c.count)
	items := make([]int, c.count)
	for i, answer := range yes {
		items[c.of[i]]++
		if answer {
			sums[c.of[i]]++
		}
	}
	for i := range sums {
		sums[i] -= share * float64(items[i])
	}
	return variance(sums) / (n * n)
}

// shareOf returns the share of yes among answers, of which there is at least
// one.
func shareOf(yes []bool) float64 {
	n := 0
	for _, answer := range yes {
		if answer {
			n++
		}
	}
	return float64(n) / float64(len(yes))
}

// clusteredMedianInterval returns the interval of the median of items that came
// in clusters (R. S. Woodruff, Journal of the American Statistical Association
// 47, 1952): the standard error of the share of items at or below the median,
// estimated from the clusters, is laid to either side of ½, and the two shares
// are turned back into values by type 7. It is nil below 6 clusters and when an
// item is censored, for then the median is the survival curve's.
//
// When the median is also the highest value, every item is at or below it and
// their share shows no variance; the share below the median stands in.
func clusteredMedianInterval(os []obs) *bounds {
	sorted := inOrder(os)
	clusters := clusterItems(clustersOf(sorted))
	if clusters.count < fewestClusters || anyCensored(sorted) {
		return nil
	}
	values := valuesOf(sorted)
	median := quantile(values, 0.5)
	inside := func(value float64) bool { return value <= median }
	if values[len(values)-1] <= median {
		inside = func(value float64) bool { return value < median }
	}
	answers := make([]bool, len(values))
	for i, value := range values {
		answers[i] = inside(value)
	}
	reach := z95 * math.Sqrt(clusters.shareVariance(answers))
	return ends(quantile(values, 0.5-reach), quantile(values, 0.5+reach))
}

// anyCensored reports whether the end of any observation was not seen.
func anyCensored(os []obs) bool {
	return slices.ContainsFunc(os, func(o obs) bool { return o.censored })
}

// allCensored reports whether the end of no observation was seen.
func allCensored(os []obs) bool {
	return !slices.ContainsFunc(os, func(o obs) bool { return !o.censored })
}

// clusteredShareInterval returns the interval of a share of items that came in
// clusters, by linearisation of the ratio (W. G. Cochran, Sampling Techniques,
// section 11.7), kept within 0..1. num[i] says whether item i counts, cluster[i]
// which cluster it belongs to, as in obs. It is nil below 6 clusters.
//
// When all items give the same answer the clusters show no variance, which does
// not make the share certain: the interval is then Wilson's, with each cluster
// counted once.
func clusteredShareInterval(num []bool, cluster []string) *bounds {
	if len(num) != len(cluster) {
		return nil
	}
	clusters := clusterItems(cluster)
	if clusters.count < fewestClusters {
		return nil
	}
	share := shareOf(num)
	switch share {
	case 0:
		return wilson(0, clusters.count)
	case 1:
		return wilson(clusters.count, clusters.count)
	}
	reach := z95 * math.Sqrt(clusters.shareVariance(num))
	return ends(max(share-reach, 0), min(share+reach, 1))
}

// designEffect returns how many times the variance of what a test compares, the
// difference of the mean scores of two groups, exceeds what it would be if no
// observation shared a cluster with another; of one group it is that of its mean.
// scores[g][i] is the score of observation i of group g.
//
// The scores of both groups add up to a fixed total, so the sum over one group less
// what chance gives it is n₁n₂/(n₁+n₂) times the difference of the means: the same
// factor applies to both. The variance of that difference is the sum of those of
// the means, and that of a mean is the variance of the group's sum ÷ n². Without
// the weight a large group of single items would hide a small one whose items came
// all together.
//
// It is exactly 1 when every observation is its own cluster, and never below: that
// clusters happen to be more even than chance is no reason for boldness.
func designEffect(groups [][]obs, scores [][]float64) float64 {
	clustered, independent := 0.0, 0.0
	for g, os := range groups {
		residuals, n := centred(scores[g]), float64(max(len(os), 1))
		clustered += variance(clusterItems(clustersOf(os)).sums(residuals)) / (n * n)
		independent += variance(residuals) / (n * n)
	}
	if independent == 0 {
		return 1
	}
	return max(clustered/independent, 1)
}

// centred returns the scores minus their mean.
func centred(scores []float64) []float64 {
	mean := 0.0
	for _, score := range scores {
		mean += score / float64(len(scores))
	}
	out := make([]float64, len(scores))
	for i, score := range scores {
		out[i] = score - mean
	}
	return out
}

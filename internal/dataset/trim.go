package dataset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// TrimLine reduces one line of the list of a dataset ("pullRequests") to facts:
// numbers, times, states, names, labels, titles, and the links between them.
// Texts are cut to what [Facts] leaves, and a text without any goes. Remarks
// (x_*), e-mail addresses and the timeline items that a history does not keep go
// too. Keys come out sorted, numbers as they were written.
func TrimLine(list string, line []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	var object map[string]any
	if err := dec.Decode(&object); err != nil {
		return nil, fmt.Errorf("line of %s: %w", list, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("line of %s: more than one object", list)
	}
	trimObject(object, texts[list])
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(object)
	return out.Bytes(), err
}

// texts names the keys of each list that hold a person's words, and what stays
// of them.
var texts = map[string]map[string]func(string) string{
	"commits":      {"messageBody": prose},
	"issues":       {"body": prose},
	"labels":       {"description": prose},
	"milestones":   {"description": prose},
	"pullRequests": {"body": prose},
	"refs":         {"message": titled},
	"releases":     {"description": changelog},
	"workflowRuns": {"comment": prose},
}

func prose(text string) string { return Facts(text, FactLine) }

func changelog(text string) string { return Facts(text, SectionLine) }

// titled keeps the first line of a message, which is its title.
func titled(text string) string {
	title, rest, _ := strings.Cut(text, "\n")
	if !bundled(title) {
		title = ""
	}
	return strings.TrimRight(title+"\n"+prose(rest), "\n")
}

func trimObject(object map[string]any, texts map[string]func(string) string) {
	for key, value := range object {
		text, words := value.(string)
		trimText := texts[key]
		switch {
		case strings.HasPrefix(key, "x_") || key == "email":
			delete(object, key)
		case key == "payload": // as it was sent
		case words && trimText != nil:
			if object[key] = trimText(text); object[key] == "" {
				delete(object, key)
			}
		case key == "timelineItems":
			object[key] = trimList(keptTimeline(value), texts)
		default:
			trimValue(value, texts)
		}
	}
}

func trimValue(value any, texts map[string]func(string) string) {
	switch value := value.(type) {
	case map[string]any:
		trimObject(value, texts)
	case []any:
		trimList(value, texts)
	}
}

func trimList(list []any, texts map[string]func(string) string) []any {
	for _, value := range list {
		trimValue(value, texts)
	}
	return list
}

// keptTimeline returns the items of a timeline without those of a type that a
// history drops.
func keptTimeline(value any) []any {
	items, _ := value.([]any)
	return slices.DeleteFunc(items, func(item any) bool {
		object, _ := item.(map[string]any)
		typename, _ := object["__typename"].(string)
		return slices.Contains(droppedItems, typename)
	})
}

// Command upstream judges rendered Kubernetes objects with the API server's own code: custom resources by the definitions
// that their projects publish (unknown fields, schema, defaults, CEL rules), built-in ones by the types of the cluster's
// version, and admission policies by the compiler of their expressions. It reads a Request as JSON from standard input, and
// writes a Report as JSON to standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// Definitions is a folder of CustomResourceDefinitions in a Go module.
type Definitions struct {
	Module  string `json:"module"`
	Version string `json:"version"`
	Folder  string `json:"folder"`
}

// Request names what to judge, and by what.
type Request struct {
	// Kubernetes is the minor version whose admission environment compiles the policies, such as "1.36".
	Kubernetes  string        `json:"kubernetes"`
	Definitions []Definitions `json:"definitions"`
	Files       []string      `json:"files"`
}

// Fault is one thing that an API server would refuse, or drop without a word.
type Fault struct {
	File   string `json:"file"`
	Object string `json:"object"`
	Says   string `json:"says"`
}

// Report counts what was judged, by kind, and lists every fault.
type Report struct {
	Judged map[string]int `json:"judged"`
	// Expressions is how many expressions of admission policies were compiled.
	Expressions int     `json:"expressions"`
	Faults      []Fault `json:"faults"`
}

func run() error {
	var request Request
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	custom, err := loadDefinitions(request.Definitions)
	if err != nil {
		return err
	}
	policies, err := newPolicyJudge(request.Kubernetes)
	if err != nil {
		return err
	}
	report := Report{Judged: map[string]int{}, Faults: []Fault{}}
	for _, file := range request.Files {
		objects, err := readObjects(file)
		if err != nil {
			return err
		}
		for _, object := range objects {
			kind := object.GroupVersionKind()
			report.Judged[kind.GroupVersion().String()+" "+kind.Kind]++
			says := custom.judge(object)
			if isBuiltIn(kind) {
				says = judgeBuiltIn(object)
				says = append(says, policies.judge(object)...)
			}
			for _, each := range says {
				report.Faults = append(report.Faults, Fault{File: file, Object: nameOf(object), Says: each})
			}
		}
	}
	report.Expressions = policies.compiled
	return json.NewEncoder(os.Stdout).Encode(report)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

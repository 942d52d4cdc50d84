package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// definition judges the objects of one kind as one published version defines it.
type definition struct {
	source     string
	namespaced bool
	structural *schema.Structural
	validator  validation.SchemaValidator
	rules      *cel.Validator
}

// customJudge knows the definitions of a kind: several where the wanted version of a project is not to be had and its
// neighbours on both sides stand for it.
type customJudge map[runtimeschema.GroupVersionKind][]definition

func loadDefinitions(all []Definitions) (customJudge, error) {
	judge := customJudge{}
	for _, each := range all {
		folder, err := download(each)
		if err != nil {
			return nil, err
		}
		files, err := filepath.Glob(filepath.Join(folder, each.Folder, "*.yaml"))
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("%s@%s: got no definitions in %s, allowed one or more; correct the folder", each.Module, each.Version, each.Folder)
		}
		for _, file := range files {
			if err := judge.add(each.Module+"@"+each.Version, file); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return judge, nil
}

// download brings a module by the machine's own module proxy and checksum database, and returns its folder.
func download(each Definitions) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", each.Module+"@"+each.Version)
	// Outside this module, whose own requirements have nothing to do with it.
	command.Dir = os.TempDir()
	output, err := command.Output()
	var module struct{ Dir, Error string }
	if decodeErr := json.Unmarshal(output, &module); decodeErr != nil {
		return "", fmt.Errorf("go mod download %s@%s: %w", each.Module, each.Version, err)
	}
	if module.Error != "" {
		return "", fmt.Errorf("go mod download: %s", module.Error)
	}
	return module.Dir, nil
}

func (judge customJudge) add(source, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return err
	}
	if crd.Kind != "CustomResourceDefinition" {
		return nil
	}
	for _, version := range crd.Spec.Versions {
		var internal apiextensions.CustomResourceValidation
		if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, &internal, nil); err != nil {
			return err
		}
		structural, err := schema.NewStructural(internal.OpenAPIV3Schema)
		if err != nil {
			return err
		}
		validator, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
		if err != nil {
			return err
		}
		kind := runtimeschema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		judge[kind] = append(judge[kind], definition{
			source:     source,
			namespaced: crd.Spec.Scope == apiextensionsv1.NamespaceScoped,
			structural: structural,
			validator:  validator,
			rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
		})
	}
	return nil
}

// judge says what each definition of the object's kind refuses; a kind without a definition is a fault too.
func (judge customJudge) judge(object *unstructured.Unstructured) []string {
	if isBuiltIn(object.GroupVersionKind()) {
		return nil
	}
	definitions := judge[object.GroupVersionKind()]
	if len(definitions) == 0 {
		return []string{fmt.Sprintf("got %s, which no given definition defines", object.GroupVersionKind())}
	}
	var says []string
	for _, each := range definitions {
		for _, one := range each.judge(object.DeepCopy()) {
			says = append(says, one+" ("+each.source+")")
		}
	}
	return says
}

func (d definition) judge(object *unstructured.Unstructured) []string {
	var says []string
	if d.namespaced != (object.GetNamespace() != "") {
		says = append(says, fmt.Sprintf("metadata.namespace: got %q, on a kind whose being namespaced is %t", object.GetNamespace(), d.namespaced))
	}
	unknown := pruning.PruneWithOptions(object.Object, d.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	for _, path := range unknown {
		says = append(says, path+": got a field that the definition does not have")
	}
	defaulting.Default(object.Object, d.structural)
	errors := validation.ValidateCustomResource(nil, object.Object, d.validator)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, d.structural, object.Object)...)
	if d.rules != nil {
		broken, _ := d.rules.Validate(context.Background(), nil, d.structural, object.Object, nil, celconfig.RuntimeCELCostBudget)
		errors = append(errors, broken...)
	}
	for _, each := range errors {
		says = append(says, each.Error())
	}
	return says
}
